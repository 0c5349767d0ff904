import Foundation
import Testing

extension EndToEnd {
    /// The system calls a job may not make.
    @Suite(.server)
    struct SyscallIsolationTests {
        @Test("calls that reach for the kernel are refused with EPERM, or as if it lacked them")
        func denied() async throws {
            let found = try await probe(
                program("syscall_denied.py"))
            #expect((found.object?.count ?? 0) >= 50)
            for (name, answer) in found.object ?? [:] {
                #expect(answer.array?.first == answer.array?.last, "\(name): \(answer.text)")
            }
        }

        @Test("a call that no kernel has is refused too")
        func unknownCall() async throws {
            let found = try await probe(
                "print(json.dumps(call('syscall', 4000, 0, 0, 0, 0, 0, 0)))")
            #expect(["EPERM", "ENOSYS"].contains(found))
        }

        @Test("clone3 is ENOSYS, so that libraries fall back, and threads and children work")
        func clone3() async throws {
            let found = try await probe(
                program("syscall_clone3.py"))
            #expect(found == ["ENOSYS", "7\n"])
        }

        @Test(
            "no new namespace of any kind, neither by unshare nor by clone",
            arguments: [
                ("user", 0x1000_0000), ("mnt", 0x0002_0000), ("pid", 0x2000_0000),
                ("net", 0x4000_0000),
                ("ipc", 0x0800_0000), ("uts", 0x0400_0000), ("cgroup", 0x0200_0000), ("time", 0x80),
            ])
        func namespaces(_ name: String, _ flag: Int) async throws {
            // On x86_64 and arm64 alike a zero stack means the parent's, as with fork.
            let found = try await probe(
                """
                clone = {'x86_64': 56, 'aarch64': 220}[os.uname().machine]
                ctypes.set_errno(0)
                pid = libc.syscall(clone, \(flag) | 17, 0, 0, 0, 0)
                if pid == 0: os._exit(0)
                refused = errname(ctypes.get_errno()) if pid == -1 else 'made'
                print(json.dumps([call('unshare', \(flag)), refused]))
                """)
            #expect(found.array?.first == "EPERM")
            // CLONE_NEWTIME shares its bit with the exit signal and can't be asked of clone.
            if name != "time" { #expect(found.array?.last == "EPERM") }
        }

        @Test(
            "one's own namespaces can't be entered through /proc",
            arguments: ["user", "mnt", "pid", "net"])
        func setns(_ name: String) async throws {
            let found = try await probe(
                """
                print(json.dumps(call('setns', os.open('/proc/self/ns/\(name)', os.O_RDONLY), 0)))
                """)
            #expect(found == "EPERM")
        }

        @Test("a child can't be traced, nor a process written to by another")
        func ptrace() async throws {
            let found = try await probe(
                """
                import time
                pid = os.fork()
                if pid == 0: time.sleep(30); os._exit(0)
                out = [call('ptrace', 16, pid, None, None), call('ptrace', 0, 0, None, None)]
                os.kill(pid, 9); os.wait()
                print(json.dumps(out))
                """)
            #expect(found == ["EPERM", "EPERM"])
        }

        @Test("calls of a foreign architecture kill the program")
        func foreignArchitecture() async throws {
            let source = program("syscall_foreign_architecture.py")
            let job = try await run(JobBody(.python, source))
            #expect(job.outcome == "signaled")
            #expect(job.signal == "SIGSYS")
            #expect(job.stdout.text == "")
        }

        @Test("x32 calls are not a way around the filter")
        func x32() async throws {
            let found = try await probe(
                program("syscall_x32.py"))
            #expect(["EPERM", "ENOSYS", "SIGSYS"].contains(found))
        }

        @Test("terminal tricks and new kernel objects are refused")
        func ioctls() async throws {
            let found = try await probe(
                """
                import fcntl
                def tiocsti(): fcntl.ioctl(0, 0x5412, b'x')
                def tioclinux(): fcntl.ioctl(0, 0x541C, b'\\x03')
                print(json.dumps([attempt(tiocsti), attempt(tioclinux)]))
                """)
            for answer in found.array ?? [] { #expect(answer == "ENOTTY") }
        }

        @Test("what programs commonly need still works")
        func ordinaryCalls() async throws {
            let found = try await probe(
                program("syscall_ordinary_calls.py"))
            #expect(
                found == [
                    1, 285, "hi\n", [1, 2], 1, 42, 5, [1, 2], "/tmp/a", true, "alarm", 24,
                ])
        }

        @Test("node's own machinery works: workers, children, crypto, zlib, WebAssembly")
        func nodeMachinery() async throws {
            let source = program("syscall_node_machinery.js")
            let job = try await run(JobBody(.node, source).limited { $0.memoryBytes = 512 << 20 })
            #expect(job.stderr.text == "")
            #expect(job.stdout.text == "1 2 2d71 z 42 true\n")
        }
    }
}
