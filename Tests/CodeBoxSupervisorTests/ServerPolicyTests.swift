import CodeBoxSupervisor
import CodeBoxSeccomp
import SandboxTestSupport
import Glibc
import Testing

/// `server.policy`, compiled and installed for real, in a probe of its own.
@Suite("The server's policy")
struct ServerPolicyTests {
    private func errnos(_ calls: [String]) throws -> [CInt] {
        try FilterProbe(program: SeccompProgram.server()).errnos(calls)
    }

    @Test("what HTTP, the store and the warden's client need goes through")
    func allowed() throws {
        let calls = [
            "getpid", "epoll_create1,0x80000", "eventfd2,0,0", "timerfd_create,1,0",
            "socket,1,5,0", "socket,2,1,6", "socket,2,2,17", "socket,16,3,0",
            "mmap,0,4096,3,0x22,0xffffffffffffffff,0", "mmap,0,4096,1,0x22,0xffffffffffffffff,0",
            "prlimit64,0,7,0,0", "fcntl,1,3", "fcntl,1,1030,100",
        ]
        #expect(try errnos(calls) == calls.map { _ in 0 })
        // The filter lets these through; what they are asked is refused by the kernel.
        let refused = [
            "ioctl,1,0x5401", "fcntl,1,6,0", "accept4,1,0,0,0", "sendfile,1,1,0,0", "recvmsg,1,0,0",
            "fsync,1", "fallocate,1,0,0,0", "setsockopt,1,6,1,0,0", "rename,0,0", "unlink,0",
        ]
        #expect(try errnos(refused).allSatisfy { ![0, EPERM, ENOSYS].contains($0) })
    }

    @Test("no program can be executed and no process made")
    func processes() throws {
        let calls = [
            "execve,0,0,0", "execveat,0,0,0,0,0", "fork", "vfork", "clone,17,0", "clone,0x4111,0",
            // A thread's flags, with a new namespace, or traced, or as a sibling.
            "clone,0x103d0f00", "clone,0x3d2f00", "clone,0x3d8f00", "clone,0x3d0f11",
            "kill,1,0", "tkill,1,0", "pidfd_open,1,0", "pidfd_send_signal,1,0,0,0", "ptrace,0",
            "process_vm_readv", "process_vm_writev", "prctl,4,1", "prctl,22,2", "prctl,38,1",
        ]
        #expect(try errnos(calls) == calls.map { _ in EPERM })
        #expect(try errnos(["clone3"]) == [ENOSYS])
    }

    @Test("nothing of the kernel's administration can be reached")
    func administration() throws {
        let calls = [
            "unshare,0x10000000", "setns,0,0", "mount", "umount2", "chroot", "pivot_root", "bpf",
            "perf_event_open", "keyctl", "add_key", "request_key", "userfaultfd", "init_module",
            "open_by_handle_at", "name_to_handle_at", "kexec_load", "syslog", "reboot", "swapon",
            "seccomp", "setuid,0", "setgid,0", "capset", "setrlimit,7,0", "prlimit64,0,7,1,0",
            "chmod", "fchmodat", "chown", "fchown", "lchown", "mknod", "mkdir", "symlink", "link",
            "setxattr", "memfd_create,0,0", "inotify_init1,0", "personality,0xffffffff",
        ]
        #expect(try errnos(calls) == calls.map { _ in EPERM })
        #expect(try errnos(["io_uring_setup,1,0", "1000"]) == [ENOSYS, ENOSYS])
    }

    @Test("memory that was written to can't be made executable")
    func memory() throws {
        let calls = [
            "mmap,0,4096,7,0x22,0xffffffffffffffff,0", "mmap,0,4096,6,0x22,0xffffffffffffffff,0",
            "mprotect,0,4096,4", "mprotect,0,4096,5", "mprotect,0,4096,7",
            "pkey_mprotect,0,4096,5,0",
        ]
        #expect(try errnos(calls) == calls.map { _ in EPERM })
    }

    @Test("no socket of another family, no packet, and no key stroke into root's terminal")
    func sockets() throws {
        let calls = [
            "socket,17,3,0", "socket,40,1,0", "socket,38,5,0", "socket,16,3,9", "socket,2,3,1",
            "socketpair,2,1,0", "setsockopt,0,1,26", "setsockopt,0,6,31", "ioctl,0,0x5412",
            "ioctl,0,0xffffffff00005412", "ioctl,0,0x541c", "fcntl,1,1026,0", "fcntl,1,8,1",
        ]
        #expect(try errnos(calls) == calls.map { _ in EPERM })
    }
}
