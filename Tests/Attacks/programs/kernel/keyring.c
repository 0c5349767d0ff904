// attack: Overflows a key's counter, and reads keys of others (CVE-2016-0728, CVE-2022-0995).
// layer: seccomp answers ENOSYS
// second: each sandbox has a keyring and a user of its own
// off: seccomp
#include "attack.h"

int main(void) {
    refused("add_key", syscall(SYS_add_key, "user", "codebox", "x", 1, -3), ENOSYS);
    refused("request_key", syscall(SYS_request_key, "user", "codebox", 0, -3), ENOSYS);
    refused("join", syscall(SYS_keyctl, 1, "codebox", 0, 0, 0), ENOSYS);
    refused("read", syscall(SYS_keyctl, 11, -3, 0, 0, 0), ENOSYS);
    return end();
}
