import CLinux
import CWire
import CodeBoxCore
import Glibc
import CodeBoxSystem

// Whom the warden talks to.
extension Warden {
    func accept() {
        let socket = cb_accept(listener)
        guard socket >= 0 else { return }
        var uid: UInt32 = 0
        let isKnown =
            connections.count < WardenBounds.connections && cb_peer_uid(socket, &uid) == 0
            && (uid == geteuid() || options.allowedUID.map { $0 == uid } ?? false)
        if isKnown { connect(socket) } else { close(socket) }
    }

    func connect(_ socket: CInt) {
        Descriptor.setNonBlocking(socket)
        cb_refuse_descriptors(socket)
        numbers += 1
        let connection = WardenConnection(number: numbers, socket: socket)
        do throws(SystemError) {
            try poller.add(socket, token: Source.connection.token(connection.number))
            connections[connection.number] = connection
        } catch {
            close(socket)
        }
    }

    func handleConnection(_ number: UInt64, _ event: Poller.Event) {
        guard let connection = connections[number] else { return }
        var isAlive = !event.closed
        if event.readable { isAlive = readRequests(connection) }
        if isAlive, event.writable { isAlive = connection.flush() }
        if isAlive { watch(connection) } else { disconnect(connection) }
    }

    func watch(_ connection: WardenConnection) {
        poller.modify(
            connection.socket, token: Source.connection.token(connection.number), reading: true,
            writing: connection.isBacklogged)
    }

    /// - Returns: false once the client is gone or talks nonsense.
    func readRequests(_ connection: WardenConnection) -> Bool {
        // What is left brings another event, after those of the sandboxes and the clocks.
        for _ in 0..<Self.requestsPerTurn {
            let count = recv(connection.socket, requestBuffer.baseAddress, requestBuffer.count, 0)
            if count < 0 { return errno == EAGAIN || errno == EINTR }
            guard count == MemoryLayout<cb_request>.size else { return false }
            let request = requestBuffer.load(as: cb_request.self)
            guard request.magic == CB_MAGIC, handle(request, connection) else { return false }
            // The longest by far: of one client's many, one a turn.
            if request.kind == CB_CREATE.rawValue { return true }
        }
        return true
    }

    private func handle(_ request: cb_request, _ connection: WardenConnection) -> Bool {
        let sandbox = connection.sandboxes[request.id].flatMap { sandboxes[$0] }
        switch request.kind {
        case CB_CREATE.rawValue:
            // Two of one id could not be told apart, and one would outlive its client.
            guard connection.sandboxes[request.id] == nil else { return false }
            create(request, for: connection)
        case CB_KILL.rawValue:
            if let sandbox { kill(sandbox, for: CB_VERDICT_KILLED) }
        case CB_TAKE.rawValue:
            if let sandbox { take(sandbox, request, connection) }
        case CB_ZYGOTE.rawValue:
            guard connection.zygotes[request.id] == nil else { return false }
            startZygote(request, for: connection)
        case CB_DROP_ZYGOTE.rawValue:
            if let number = connection.zygotes[request.id] { dropZygote(number) }
        default: return false
        }
        return true
    }

    func disconnect(_ connection: WardenConnection) {
        poller.remove(connection.socket)
        connection.closeAll()
        connections[connection.number] = nil
        for number in connection.sandboxes.values {
            guard let sandbox = sandboxes[number] else { continue }
            sandbox.connection = nil
            kill(sandbox, for: CB_VERDICT_KILLED)
        }
        for number in connection.zygotes.values { dropZygote(number) }
        if connections.isEmpty, listener < 0 { isOver = true }
    }

    func reply(_ reply: cb_reply, to connection: WardenConnection, fds: [CInt] = []) {
        if connection.send(reply, fds: fds) {
            if connection.isBacklogged { watch(connection) }
        }
        // A client that is gone is noticed by its socket's own event.
    }
}
