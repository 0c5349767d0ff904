import CLinux
import CWire
import Glibc
import CodeBoxSystem

extension SandboxMaker {
    /// The sockets and pipes of one sandbox, each with an end of ours (or the client's) and one
    /// that PID 1 is born with.
    struct Ends {
        private(set) var control: (ours: CInt, theirs: CInt) = (-1, -1)
        private(set) var job: (ours: CInt, theirs: CInt) = (-1, -1)
        private(set) var stdin: (ours: CInt, theirs: CInt) = (-1, -1)
        private(set) var stdout: (ours: CInt, theirs: CInt) = (-1, -1)
        private(set) var stderr: (ours: CInt, theirs: CInt) = (-1, -1)
        /// Where PID 1 tells a zygote's child that the sandbox stands: nothing that we listen to.
        private(set) var built: CInt = -1

        /// Job socket, stdin, stdout, stderr.
        var clientFDs: [CInt] { [job.ours, stdin.ours, stdout.ours, stderr.ours] }

        /// Opens all that a sandbox of its kind needs; on failure what was opened is left to the
        /// caller to close.
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

        /// Those ends of ``clientFDs`` that the job's process has, in the same order.
        var jobFDs: [CInt] { [job.theirs, stdin.theirs, stdout.theirs, stderr.theirs] }

        func closeTheirs() {
            for fd in jobFDs + [control.theirs, built] where fd >= 0 { close(fd) }
        }

        func closeOurs() {
            for fd in clientFDs + [control.ours] where fd >= 0 { close(fd) }
        }
    }
}
