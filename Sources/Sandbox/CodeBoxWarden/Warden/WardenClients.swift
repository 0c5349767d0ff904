import CLinux
import CWire
import CodeBoxSystem
import Glibc

/// The warden's clients: accepts connections, reads requests, sends replies.
final class WardenClients {
    /// Requests that are read from one client before others, and the clocks, have their turn.
    private static let requestsPerTurn = 32

    private let events: WardenEvents
    private let allowedUID: UInt32?
    private var listener: CInt = -1
    private var connections: [UInt64: WardenConnection] = [:]
    private var lastNumber: UInt64 = 0
    /// It has one byte more than a request: a message that is too long fills it.
    private let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: MemoryLayout<cb_request>.size + 1, alignment: 16)

    /// - Parameter allowedUID: the only uid, besides the warden's own, that may connect.
    init(_ events: WardenEvents, allowedUID: UInt32?) {
        self.events = events
        self.allowedUID = allowedUID
    }

    deinit { buffer.deallocate() }

    /// Whether none is connected and none can connect any more.
    var areGone: Bool { connections.isEmpty && listener < 0 }

    func connection(_ number: UInt64?) -> WardenConnection? {
        number.flatMap { connections[$0] }
    }

    // MARK: Coming and going

    /// Listens at a unix socket's path.
    func listen(at path: String) throws(SystemError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let place = Descriptor(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard place.number >= 0 else { throw SystemError("open \(folder)") }
        // In a folder of the server's, a link of the server's could stand for the socket.
        if let fault = try TrustFault.ofRoots(place.number) {
            throw SystemError("\(folder): \(fault)", code: EPERM)
        }
        let raw = socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else { throw SystemError("socket") }
        listener = raw
        // Connections inherit it: what is sent before one is accepted is refused as well.
        cb_refuse_descriptors(raw)
        unlink(path)
        let mask = umask(0o177)
        let bound = withUnixAddress(path) { bind(raw, $0, $1) }
        umask(mask)
        guard bound == 0 else { throw SystemError("bind \(path)") }
        if let allowedUID, geteuid() == 0, lchown(path, allowedUID, gid_t.max) != 0 {
            throw SystemError("lchown \(path)")
        }
        guard Glibc.listen(raw, 16) == 0 else { throw SystemError("listen \(path)") }
        try events.add(raw, .listener)
    }

    /// Accepts the connection that waits, if its client may connect.
    func accept() {
        let socket = cb_accept(listener)
        guard socket >= 0 else { return }
        var uid: UInt32 = 0
        let mayConnect =
            connections.count < WardenBounds.connections && cb_peer_uid(socket, &uid) == 0
            && (uid == geteuid() || uid == allowedUID)
        if mayConnect { connect(socket) } else { close(socket) }
    }

    /// Takes ownership of a connected socket.
    func connect(_ socket: CInt) {
        Descriptor.setNonBlocking(socket)
        cb_refuse_descriptors(socket)
        lastNumber += 1
        let connection = WardenConnection(number: lastNumber, socket: socket)
        do throws(SystemError) {
            try events.add(socket, .connection, connection.number)
            connections[connection.number] = connection
        } catch {
            close(socket)
        }
    }

    /// Forgets a connection and closes it.
    func remove(_ connection: WardenConnection) {
        events.remove(connection.socket)
        connection.closeAll()
        connections[connection.number] = nil
    }

    // MARK: Messages

    /// Carries out what a connection's event asks for.
    /// - Parameter handle: carries out a request; false if the request makes no sense.
    /// - Returns: false once the client is gone, or has sent what makes no sense.
    func serve(
        _ connection: WardenConnection, _ event: WardenEvents.Event,
        _ handle: (cb_request) -> Bool
    ) -> Bool {
        var isAlive = !event.closed
        if event.readable { isAlive = read(connection, handle) }
        if isAlive, event.writable { isAlive = connection.flush() }
        if isAlive { events.watch(connection) }
        return isAlive
    }

    private func read(_ connection: WardenConnection, _ handle: (cb_request) -> Bool) -> Bool {
        // What is left brings another event, after those of the sandboxes and the clocks.
        for _ in 0..<Self.requestsPerTurn {
            let count = recv(connection.socket, buffer.baseAddress, buffer.count, 0)
            if count < 0 { return errno == EAGAIN || errno == EINTR }
            guard count == MemoryLayout<cb_request>.size else { return false }
            let request = buffer.load(as: cb_request.self)
            guard request.magic == CB_MAGIC, handle(request) else { return false }
            // By far the longest to carry out: of one client's many, one a turn.
            if request.kind == CB_CREATE.rawValue { return true }
        }
        return true
    }

    /// - Parameter fds: closed once they are sent, or at once where there is no such connection.
    func reply(_ reply: cb_reply, to number: UInt64?, fds: [CInt] = []) {
        guard let connection = connection(number) else {
            fds.forEach { close($0) }
            return
        }
        if connection.send(reply, fds: fds), connection.isBacklogged { events.watch(connection) }
        // A client that is gone is noticed by its socket's own event.
    }
}
