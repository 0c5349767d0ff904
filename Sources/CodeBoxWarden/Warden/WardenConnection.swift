import CLinux
import CWire
import Glibc

/// A client's connection: its socket and what could not be sent yet.
final class WardenConnection {
    let number: UInt64
    let socket: CInt
    /// The client's own sandbox ids in use → the warden's numbers.
    var sandboxes: [UInt64: UInt64] = [:]
    /// The same of zygotes.
    var zygotes: [UInt64: UInt64] = [:]
    private var waiting: [(reply: cb_reply, fds: [CInt])] = []
    /// Above what all sandboxes there can be have to say. Who asks on without ever reading, is cut.
    private static let maximumWaiting = 4 * WardenBounds.sandboxes

    init(number: UInt64, socket: CInt) {
        self.number = number
        self.socket = socket
    }

    /// True while something could not be sent: ask to be told when the socket can be written.
    var isBacklogged: Bool { !waiting.isEmpty }

    /// Sends, or keeps for ``flush()``. The fds are closed once they are sent.
    /// - Returns: false if the client is gone.
    func send(_ reply: cb_reply, fds: [CInt] = []) -> Bool {
        guard waiting.count < Self.maximumWaiting else {
            fds.forEach { close($0) }
            // Brings the event by which the warden lets go of the connection and its sandboxes.
            shutdown(socket, CInt(SHUT_RDWR))
            return false
        }
        waiting.append((reply, fds))
        return waiting.count > 1 ? true : flush()
    }

    func flush() -> Bool {
        while let first = waiting.first {
            var reply = first.reply
            let sent = first.fds.withUnsafeBufferPointer { fds in
                cb_send_fds(
                    socket, &reply, MemoryLayout<cb_reply>.size, fds.baseAddress, CInt(fds.count))
            }
            if sent == -Int(EAGAIN) { return true }
            if sent < 0 { return false }
            first.fds.forEach { close($0) }
            waiting.removeFirst()
        }
        return true
    }

    func closeAll() {
        for (_, fds) in waiting { fds.forEach { close($0) } }
        waiting = []
        close(socket)
    }
}
