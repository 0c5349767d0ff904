import CLinux
import CWire
import Glibc

/// A connection to the warden that may say anything.
final class Link {
    private(set) var socket: CInt
    /// A sandbox whose job socket is closed ends by itself: its descriptors are kept.
    private var kept: [CInt] = []

    /// Nil where the warden does not take it.
    init?(_ path: String) {
        socket = Glibc.socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0, Self.connect(socket, path) else {
            if socket >= 0 { Glibc.close(socket) }
            return nil
        }
    }

    deinit { close() }

    func close() {
        if socket >= 0 { Glibc.close(socket) }
        socket = -1
        drop()
    }

    /// Closes the descriptors of its sandboxes.
    func drop() {
        kept.forEach { Glibc.close($0) }
        kept = []
    }

    private static func connect(_ socket: CInt, _ path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    @discardableResult
    func send(_ bytes: [UInt8], fds: [CInt] = [], waits: Bool = true) -> Bool {
        if !waits {
            return Glibc.send(socket, bytes, bytes.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
                == bytes.count
        }
        return fds.withUnsafeBufferPointer {
            cb_send_fds(socket, bytes, bytes.count, $0.baseAddress, CInt($0.count)) == bytes.count
        }
    }

    @discardableResult
    func send(_ request: cb_request, fds: [CInt] = [], waits: Bool = true) -> Bool {
        send(withUnsafeBytes(of: request) { Array($0) }, fds: fds, waits: waits)
    }

    enum Heard {
        case reply(cb_reply)
        case nothing
        case closed
    }

    /// What the warden says next, within so many milliseconds.
    func hear(within milliseconds: CInt = 5000) -> Heard {
        var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, milliseconds) == 1 else { return .nothing }
        var reply = cb_reply()
        var fds = [CInt](repeating: -1, count: Int(CB_MAXIMUM_FDS))
        var count: CInt = 0
        let size = cb_receive_fds(
            socket, &reply, MemoryLayout<cb_reply>.size, &fds, CB_MAXIMUM_FDS, &count)
        guard size == MemoryLayout<cb_reply>.size else { return .closed }
        kept += fds.prefix(Int(count))
        return .reply(reply)
    }

    /// The next reply of that kind; what comes before it is passed over.
    func await(_ kind: cb_reply_kind, within milliseconds: CInt = 10_000) -> cb_reply? {
        for _ in 0..<10_000 {
            guard case .reply(let reply) = hear(within: milliseconds) else { return nil }
            if reply.kind == kind.rawValue { return reply }
        }
        return nil
    }

    /// Whether the warden hangs up; replies before that are passed over.
    func isClosed(within milliseconds: CInt = 5000) -> Bool {
        for _ in 0..<100_000 {
            switch hear(within: milliseconds) {
            case .closed: return true
            case .nothing: return false
            case .reply: continue
            }
        }
        return false
    }
}
