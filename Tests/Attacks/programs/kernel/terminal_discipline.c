// attack: Chooses a line discipline, whose module the kernel loads (CVE-2017-2636, CVE-2020-14416).
// layer: seccomp, by the request's number, also with bits above the 32 that the kernel reads
// second: dev.tty.ldisc_autoload, where the administrator sets it
// off: seccomp
#include <fcntl.h>
#include <sys/ioctl.h>

#include "attack.h"

int main(void) {
    int master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
    if (master < 0) return 1;
    for (int discipline = 0; discipline < 30; discipline++) {
        refused("TIOCSETD", syscall(SYS_ioctl, master, 0x5423ul, &discipline), ENOTTY);
        refused("high bits", syscall(SYS_ioctl, master, 0x100005423ul, &discipline), ENOTTY);
    }
    return end();
}
