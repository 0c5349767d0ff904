// attack: Raises ambient capabilities, unlocks securebits, sets its capabilities.
// layer: capabilities are gone and their ways back locked
// second: seccomp refuses capset and the options of prctl
// sites: rootless guest
#include <linux/capability.h>
#include <sys/prctl.h>

#include "attack.h"

int main(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct all[2] = {{~0u, ~0u, ~0u}, {~0u, ~0u, ~0u}};
    refused("capset", syscall(SYS_capset, &header, all), EPERM);
    for (int capability = 0; capability < 41; capability++)
        refused("ambient", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0), 0);
    refused("securebits", prctl(PR_SET_SECUREBITS, 0), EPERM);
    refused("keeping capabilities", prctl(PR_SET_KEEPCAPS, 1), 0);
    refused("new privileges", prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0), EINVAL);
    return end();
}
