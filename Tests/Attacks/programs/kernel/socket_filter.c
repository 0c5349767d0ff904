// attack: Has the kernel run a program for each packet: SO_ATTACH_FILTER and its kin.
// layer: seccomp, by the option's number
// second: none: every process may attach a classic filter elsewhere
// off: seccomp
#include <linux/filter.h>
#include <sys/socket.h>

#include "attack.h"

int main(void) {
    struct sock_filter accept[] = {{BPF_RET | BPF_K, 0, 0, 0xffff}};
    struct sock_fprog program = {1, accept};
    int handle = socket(AF_INET, SOCK_DGRAM, 0);
    const int options[] = {SO_ATTACH_FILTER, SO_ATTACH_REUSEPORT_CBPF};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        refused("a filter", setsockopt(handle, SOL_SOCKET, options[i], &program, sizeof program),
                ENOPROTOOPT);
    int number = 0;
    refused("SO_ATTACH_BPF", setsockopt(handle, SOL_SOCKET, 50, &number, sizeof number), 0);
    return end();
}
