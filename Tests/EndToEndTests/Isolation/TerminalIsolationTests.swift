import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// Pseudo-terminals: a sandbox has a few of its own, and reaches no other.
    @Suite(.server(environment: ["CODEBOX_SLOTS": "4"]))
    struct TerminalIsolationTests {
        /// In an exec'ed interpreter rather than in a forked one.
        static let execed: @Sendable (inout JobBody) -> Void = { $0.env = ["PYTHONHASHSEED": "1"] }

        @Test("terminals of the host and of other sandboxes have no name in a sandbox")
        func ownInstance() async throws {
            let host = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
            try #require(host >= 0)
            defer { close(host) }
            let api = try server.api
            let watch = SandboxWatch()
            let holder = JobBody(
                .python, "import os, time; terminals = os.openpty(); time.sleep(3600)"
            ).with { $0.files = [watch.file] }
            let id = try await api.submit(holder).id
            let process = try #require(try await watch.appear().first)
            let late = await remaining(after: .seconds(20)) { () -> [String]? in
                let opened = process.descriptors
                return opened.contains { $0.hasSuffix("/pts/0") } ? nil : opened
            }
            #expect(late == nil, "the other job has no terminal")
            for change in [{ @Sendable _ in }, Self.execed] {
                let found = try await probe(
                    """
                    before = os.listdir('/dev/pts')
                    master, slave = os.openpty()
                    print(json.dumps([before, os.ttyname(slave), sorted(os.listdir('/dev/pts')),
                        attempt(lambda: os.open('/dev/pts/1', os.O_RDWR))]))
                    """, change)
                #expect(found == [["ptmx"], "/dev/pts/0", ["0", "ptmx"], "ENOENT"])
            }
            _ = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect(await watch.gone() == nil)
        }

        @Test("a job has no controlling terminal, and /dev/tty leads to none but its own")
        func controllingTerminal() async throws {
            let found = try await probe(
                """
                import fcntl, termios
                before = attempt(lambda: os.open('/dev/tty', os.O_RDWR))
                master, slave = os.openpty()
                child = os.fork()
                if child == 0:
                    os.setsid()
                    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
                    os.write(os.open('/dev/tty', os.O_RDWR), b'mine')
                    os._exit(0)
                os.waitpid(child, 0)
                after = attempt(lambda: os.open('/dev/tty', os.O_RDWR))
                print(json.dumps([before, os.read(master, 100).decode(), after]))
                """)
            #expect(found == ["ENXIO", "mine", "ENXIO"])
        }

        @Test("nothing types into a terminal, loads a line discipline, or takes the console")
        func refusedCalls() async throws {
            let found = try await probe(
                """
                master, slave = os.openpty()
                calls = {'TIOCSTI': 0x5412, 'TIOCLINUX': 0x541c, 'TIOCCONS': 0x541d,
                    'TIOCSETD': 0x5423, 'TIOCSERCONFIG': 0x5453, 'KDSETMODE': 0x4b3a,
                    'VT_ACTIVATE': 0x5606, 'TIOCSTI, with more bits': 0xf00005412}
                text = ctypes.create_string_buffer(b'\\x01\\0\\0\\0')
                print(json.dumps({name: call('ioctl', end, ctypes.c_ulong(number), text)
                    for end in (master, slave) for name, number in calls.items()}))
                """)
            #expect(found.object?.count == 8)
            for (name, answer) in found.object ?? [:] {
                #expect(answer == "ENOTTY", "\(name)")
            }
        }

        @Test(
            "a sandbox has sixteen terminals at a time, whose buffers hold little",
            arguments: [true, false])
        func bounded(_ forked: Bool) async throws {
            let found = try await probe(
                program("terminal_buffers.py"), forked ? { _ in } : Self.execed)
            #expect(found["pairs"] == 16)
            #expect(found["error"] == "ENOSPC")
            // Twice: terminals that are closed make room for others.
            #expect(found["again"] == 16)
            let bytes = try #require(found["bytes"]?.int)
            #expect(bytes > 0 && bytes < 16 * 64 << 10, "\(bytes)")
        }

        @Test("a shell controls its jobs in a terminal")
        func jobControl() async throws {
            let found = try await probe(program("terminal_job_control.py"))
            #expect(found == ["code 130", 7])
        }

        @Test("a job's end ends what waits at its terminals")
        func ends() async throws {
            let watch = SandboxWatch()
            let body = JobBody(
                .python,
                """
                import os, pty, sys
                pid, master = pty.fork()
                if pid == 0:
                    os.execv('/bin/sh', ['sh', '-c', 'trap "" HUP; echo up; read line; read line'])
                while b'up' not in os.read(master, 100): pass
                print('up')
                """
            ).with { $0.files = [watch.file] }
            let job = try await run(body)
            #expect(job.stdout.text == "up\n", "\(job.stderr.text)")
            #expect(job.outcome == "exited")
            #expect(await watch.gone() == nil)
        }
    }
}
