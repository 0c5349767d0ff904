import CLinux
import CWire
import Glibc
import CodeBoxSystem

extension SandboxMaker {
    /// The sockets and pipes of one sandbox. Each has an end for the warden or the client, and one
    /// that PID 1 is born with.
    struct Ends {
        private(set) var control: (ours: CInt, theirs: CInt) = (-1, -1)
        private(set) var job: (ours: CInt, theirs: CInt) = (-1, -1)
        private(set) var stdin: (ours: CInt, theirs: CInt) = (-1, -1)
        private(set) var stdout: (ours: CInt, theirs: CInt) = (-1, -1)
        private(set) var stderr: (ours: CInt, theirs: CInt) = (-1, -1)
        /// Where PID 1 tells a zygote's child that the sandbox stands. The warden does not listen
        /// to it.
        private(set) var built: CInt = -1

        /// Job socket, stdin, stdout, stderr.
        var clientFDs: [CInt] { [job.ours, stdin.ours, stdout.ours, stderr.ours] }

        /// Opens what a sandbox of its kind needs. On failure the caller closes what was opened.
        mutating func open(hollow: Bool) throws(Failure) {
            do throws(SystemError) {
                control = try SocketPair(SOCK_SEQPACKET).release()
                job = try SocketPair(SOCK_STREAM).release()
                let input = try Pipe().release()
                stdin = (input.writing, input.reading)
                let output = try Pipe().release()
                stdout = (output.reading, output.writing)
                let errors = try Pipe().release()
                stderr = (errors.reading, errors.writing)
                if hollow {
                    built = eventfd(0, CInt(EFD_CLOEXEC))
                    guard built >= 0 else { throw SystemError("eventfd") }
                }
            } catch {
                throw Failure(step: CB_STEP_PIPES, code: error.code, detail: error.call)
            }
        }

        /// The other ends of ``clientFDs``, for the job's process, in the same order.
        var jobFDs: [CInt] { [job.theirs, stdin.theirs, stdout.theirs, stderr.theirs] }

        func closeTheirs() {
            for fd in jobFDs + [control.theirs, built] where fd >= 0 { close(fd) }
        }

        func closeOurs() {
            for fd in clientFDs + [control.ours] where fd >= 0 { close(fd) }
        }
    }
}
