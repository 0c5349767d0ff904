import CodeBoxCore
import CodeBoxSystem
import Glibc

/// A warden that was started for one client.
struct WardenProcess: Sendable {
    let pid: CInt
    /// Closing it tells the warden to destroy everything and exit.
    let lifeline: CInt

    /// - Parameter start: as in ``WardenClient/spawn(policy:logger:_:)``.
    /// - Returns: the process and the client's end of its socket.
    static func start(_ start: ([CInt]) throws(CodeBoxError) -> CInt) throws(CodeBoxError)
        -> (WardenProcess, socket: CInt)
    {
        let ends: Ends
        do throws(SystemError) {
            ends = try Ends.open()
        } catch {
            throw CodeBoxError(.wardenUnavailable, "the warden can't be started", error)
        }
        let pid = try start([ends.socket.theirs.number, ends.lifeline.reading.number])
        let (socket, lifeline) = ends.release()
        return (WardenProcess(pid: pid, lifeline: lifeline), socket)
    }

    private struct Ends: ~Copyable {
        let socket: SocketPair
        let lifeline: Pipe

        static func open() throws(SystemError) -> Ends {
            let socket = try SocketPair(SOCK_SEQPACKET)
            let lifeline = try Pipe()
            return Ends(socket: socket, lifeline: lifeline)
        }

        /// The client's ends; the warden's are closed here.
        consuming func release() -> (socket: CInt, lifeline: CInt) {
            (socket.ourEnd().release(), lifeline.writingEnd().release())
        }
    }

    /// Tells the warden to end, and waits for that.
    func end() {
        close(lifeline)
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR { continue }
    }
}
