import CodeBoxCore
import CodeBoxSystem
import Glibc

/// A warden that was started for one client.
struct WardenProcess: Sendable {
    /// Starts a warden with descriptors 3, 4, … and one that is its stdout and stderr; returns its
    /// pid.
    typealias Start = (_ descriptors: [CInt], _ output: CInt) throws(CodeBoxError) -> CInt

    /// What a warden says is cut after this many bytes.
    private static let mostWords = 4096

    let pid: CInt
    /// Closing it tells the warden to destroy everything and exit.
    let lifeline: CInt
    /// What the warden writes to stderr: why it can't go on, or what it could not remove.
    private let words: CInt

    /// - Parameter start: as in ``WardenClient/spawn(policy:logger:_:)``.
    /// - Returns: the process and the client's end of its socket.
    static func start(_ start: Start) throws(CodeBoxError) -> (WardenProcess, socket: CInt) {
        let ends: Ends
        do throws(SystemError) {
            ends = try Ends.open()
        } catch {
            throw CodeBoxError(.wardenUnavailable, "the warden can't be started", error)
        }
        // A full pipe loses words; it must never stop the warden.
        Descriptor.setNonBlocking(ends.words.writing.number)
        Descriptor.setNonBlocking(ends.words.reading.number)
        let pid = try start(
            [ends.socket.theirs.number, ends.lifeline.reading.number], ends.words.writing.number)
        let (socket, lifeline, words) = ends.release()
        return (WardenProcess(pid: pid, lifeline: lifeline, words: words), socket)
    }

    private struct Ends: ~Copyable {
        let socket: SocketPair
        let lifeline: Pipe
        let words: Pipe

        static func open() throws(SystemError) -> Ends {
            let socket = try SocketPair(SOCK_SEQPACKET)
            let lifeline = try Pipe()
            return Ends(socket: socket, lifeline: lifeline, words: try Pipe())
        }

        /// The client's ends; the warden's are closed here.
        consuming func release() -> (socket: CInt, lifeline: CInt, words: CInt) {
            (
                socket.ourEnd().release(), lifeline.writingEnd().release(),
                words.readingEnd().release()
            )
        }
    }

    /// What the warden has said since the last call, without its name; empty if it said nothing.
    func lastWords() -> String {
        var buffer = [UInt8](repeating: 0, count: Self.mostWords)
        let count = read(words, &buffer, buffer.count)
        let text = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        let lines = text.split(separator: "\n").map {
            $0.hasPrefix("codebox-warden: ") ? $0.dropFirst("codebox-warden: ".count) : $0
        }
        return lines.joined(separator: "; ")
    }

    /// Tells the warden to end, and waits for that. Passes on what nobody has asked for.
    func end() {
        close(lifeline)
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR { continue }
        let rest = lastWords()
        if !rest.isEmpty { writeToStandardError("codebox-warden: \(rest)") }
        close(words)
    }
}
