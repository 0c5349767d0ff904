import CLinux
import CWire
import CodeBoxSystem
import Glibc

/// The client's connection to the warden: made, lost and made again.
final class WardenLink {
    private static let firstRetryNs: UInt64 = 5_000_000
    private static let lastRetryNs: UInt64 = 500_000_000

    /// What a look at the socket found.
    enum Received {
        case reply(cb_reply, fds: [CInt])
        case nothing
        /// The warden is gone, or talks nonsense.
        case lost
    }

    let gate = ConnectionGate()
    private let endpoint: WardenEndpoint
    private let events: ClientEvents
    /// -1 while there is no connection.
    private var socket: CInt = -1
    private var retryNs = firstRetryNs
    /// Room for the descriptors of a reply.
    private var fds = [CInt](repeating: -1, count: 4)
    /// When to try to connect again; nil while that is not due.
    private(set) var nextNs: UInt64?

    init(_ endpoint: WardenEndpoint, _ events: ClientEvents) {
        self.endpoint = endpoint
        self.events = events
    }

    var isOpen: Bool { socket >= 0 }

    /// Whether a connection that is lost can be made again.
    var canReconnect: Bool {
        if case .path = endpoint { true } else { false }
    }

    /// Connects, or sets the time of the next try.
    /// - Returns: whether there is a connection.
    func connect(now: UInt64) -> Bool {
        nextNs = nil
        let made: CInt
        switch endpoint {
        case .socket(let given): made = given
        case .path(let path):
            guard let found = Self.open(path) else {
                nextNs = now + retryNs
                retryNs = min(retryNs * 2, Self.lastRetryNs)
                return false
            }
            made = found
        }
        Descriptor.setNonBlocking(made)
        do throws(SystemError) {
            try events.add(made, .link)
        } catch {
            Glibc.close(made)
            return false
        }
        socket = made
        retryNs = Self.firstRetryNs
        gate.open()
        return true
    }

    private static func open(_ path: String) -> CInt? {
        let raw = Glibc.socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else { return nil }
        guard withUnixAddress(path, { Glibc.connect(raw, $0, $1) }) == 0 else {
            Glibc.close(raw)
            return nil
        }
        return raw
    }

    func send(_ request: cb_request) {
        // Requests are small and the warden reads them first of all. Should its queue be full even
        // so, waiting for it is right: nothing can go on without it.
        var request = request
        while cb_send_fds(socket, &request, MemoryLayout<cb_request>.size, nil, 0) == -Int(EAGAIN) {
            var polled = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            _ = poll(&polled, 1, 1000)
        }
    }

    /// The next reply.
    func receive() -> Received {
        guard isOpen else { return .nothing }
        var reply = cb_reply()
        var count: CInt = 0
        let size = cb_receive_fds(socket, &reply, MemoryLayout<cb_reply>.size, &fds, 4, &count)
        if size == -Int(EAGAIN) { return .nothing }
        let received = count == 0 ? [] : Array(fds.prefix(Int(count)))
        guard size == MemoryLayout<cb_reply>.size, reply.magic == CB_MAGIC else {
            for fd in received { Glibc.close(fd) }
            return .lost
        }
        return .reply(reply, fds: received)
    }

    func close() {
        guard isOpen else { return }
        events.remove(socket)
        Glibc.close(socket)
        socket = -1
        gate.close()
    }
}
