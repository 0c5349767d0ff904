import CLinux
import CWire
import Glibc

/// A client's connection: its socket, the client's ids, and the replies that could not be sent yet.
final class WardenConnection {
    let number: UInt64
    let socket: CInt
    /// The client's ids of its sandboxes, and the warden's numbers for them; zygotes have ids of
    /// their own.
    private var sandboxes: [UInt64: UInt64] = [:]
    private var zygotes: [UInt64: UInt64] = [:]
    private var waiting: [(reply: cb_reply, fds: [CInt])] = []
    /// More than all the sandboxes that there can be have to say. A client that keeps sending
    /// requests without reading replies is disconnected.
    private static let maximumWaiting = 4 * WardenBounds.sandboxes

    init(number: UInt64, socket: CInt) {
        self.number = number
        self.socket = socket
    }

    // MARK: Ids

    /// The warden's number for the client's sandbox; nil if the client has no such sandbox.
    func sandbox(_ id: UInt64) -> UInt64? { sandboxes[id] }

    /// The same of a zygote.
    func zygote(_ id: UInt64) -> UInt64? { zygotes[id] }

    var allSandboxes: [UInt64] { Array(sandboxes.values) }

    var allZygotes: [UInt64] { Array(zygotes.values) }

    func nameSandbox(_ id: UInt64, _ number: UInt64?) { sandboxes[id] = number }

    func nameZygote(_ id: UInt64, _ number: UInt64?) { zygotes[id] = number }

    // MARK: Replies

    /// True while something could not be sent: the socket is then watched for room to write.
    var isBacklogged: Bool { !waiting.isEmpty }

    /// Sends a reply, or keeps it for ``flush()``. The fds are closed once they are sent.
    /// - Returns: false if the client is gone.
    func send(_ reply: cb_reply, fds: [CInt] = []) -> Bool {
        guard waiting.count < Self.maximumWaiting else {
            fds.forEach { close($0) }
            // Brings the event on which the warden lets go of the connection and its sandboxes.
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
