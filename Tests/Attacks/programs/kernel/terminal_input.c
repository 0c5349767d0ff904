// attack: Types into a terminal as its user would (TIOCSTI, TIOCLINUX).
// layer: seccomp, by the request's number
// second: each sandbox has a devpts of its own
// off: seccomp
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "attack.h"

int main(void) {
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0) return 1;
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (slave < 0) return 1;
    setsid();
    syscall(SYS_ioctl, slave, TIOCSCTTY, 0);
    refused("TIOCSTI", syscall(SYS_ioctl, slave, 0x5412ul, "x"), ENOTTY);
    refused("TIOCSTI with high bits", syscall(SYS_ioctl, slave, 0x700005412ul, "x"), ENOTTY);
    refused("TIOCLINUX", syscall(SYS_ioctl, slave, 0x541cul, "\2"), ENOTTY);
    refused("TIOCCONS", syscall(SYS_ioctl, slave, 0x541dul, 0), ENOTTY);
    return end();
}
