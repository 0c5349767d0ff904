#include "clone.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"

long cb_clone3(struct clone_args *args, int (*function)(void *), void *argument) {
    long result;
#if defined(__x86_64__)
    register int (*fn)(void *) __asm__("r12") = function;
    register void *arg __asm__("r13") = argument;
    __asm__ volatile("syscall\n\t"
                     "testq %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xorl %%ebp, %%ebp\n\t"
                     "movq %%r13, %%rdi\n\t"
                     "callq *%%r12\n\t"
                     "movl %%eax, %%edi\n\t"
                     "movl %[exit], %%eax\n\t"
                     "syscall\n\t"
                     "hlt\n"
                     "1:"
                     : "=a"(result)
                     : "a"(SYS_clone3), "D"(args), "S"(sizeof *args), "r"(fn),
                       "r"(arg), [exit] "i"(SYS_exit)
                     : "rcx", "r11", "memory", "cc");
#elif defined(__aarch64__)
    register long x0 __asm__("x0") = (long)args;
    register long x1 __asm__("x1") = sizeof *args;
    register long x8 __asm__("x8") = SYS_clone3;
    register int (*fn)(void *) __asm__("x19") = function;
    register void *arg __asm__("x20") = argument;
    __asm__ volatile("svc #0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x29, xzr\n\t"
                     "mov x0, x20\n\t"
                     "blr x19\n\t"
                     "mov x8, %[exit]\n\t"
                     "svc #0\n"
                     "1:"
                     : "+r"(x0)
                     : "r"(x1), "r"(x8), "r"(fn), "r"(arg), [exit] "i"(SYS_exit)
                     : "x30", "memory", "cc");
    result = x0;
#else
#error "codebox runs on x86_64 and aarch64"
#endif
    return result;
}

long cb_clone3_as(uid_t owner, struct clone_args *args, int (*function)(void *), void *argument) {
    if (owner == 0) return cb_clone3(args, function, argument);
    if (syscall(SYS_setresuid, owner, owner, -1) < 0) return -errno;
    long pid = cb_clone3(args, function, argument);
    // The saved uid is still the warden's. A warden that can't return to it must not go on.
    if (syscall(SYS_setresuid, 0, 0, -1) < 0) abort();
    return pid;
}

pid_t cb_call_in_child(int cgroup_fd, void *stack, size_t stack_bytes, int (*function)(void *),
                       void *argument) {
    struct clone_args args = {
        .flags = CLONE_VM | CLONE_VFORK,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = stack_bytes,
    };
    if (cgroup_fd >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)cgroup_fd;
    }
    return (pid_t)cb_clone3(&args, function, argument);
}
