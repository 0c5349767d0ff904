package import CodeBoxCore
package import NIOCore
import Synchronization

/// The open connections. Each has a signal that fires once its client has disconnected.
///
/// A client that shuts down only its sending side counts as disconnected, because HTTP/1 has no
/// other sign. Hummingbird's own check (`consumeWithCancellationOnInboundClose`) ends the
/// connection with the request, which would cost `POST /v1/run` its keep-alive.
///
/// When too many are open, the registry closes the one that is idle longest. A connection with a
/// request in flight is not idle.
package final class ConnectionRegistry: Sendable {
    private struct Entry {
        let connection: Connection
        var signal = StopSignal()
        var isOver = false
        /// Whether it was chosen to be closed.
        var isLeaving = false
    }

    private struct Address {
        let use: ClientUse
        var connections = 0
        /// How many of them were chosen to be closed.
        var leaving = 0
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var addresses: [ClientAddress: Address] = [:]
        var leaving = 0
        /// Whether it looks again for connections to close in a moment.
        var looksAgain = false
    }

    private let state = Mutex(State())
    private let bounds: ConnectionBounds
    /// Whether a connection that becomes idle might have to leave.
    private let isCrowded = Atomic<Bool>(false)

    package init(_ bounds: ConnectionBounds = ConnectionBounds()) {
        self.bounds = bounds
    }

    package var count: Int { state.withLock(\.entries.count) }

    // MARK: Connections come and go

    /// Adds a connection. If there are too many, of its address or of all, idle ones are closed.
    @discardableResult
    func add(_ channel: any Channel) -> Connection {
        let address = ClientAddress(channel.remoteAddress)
        let connection = state.withLock { state in
            var record = state.addresses[address] ?? Address(use: ClientUse(address))
            record.connections += 1
            state.addresses[address] = record
            let connection = Connection(channel, record.use)
            state.entries[ObjectIdentifier(channel)] = Entry(connection: connection)
            if state.entries.count > bounds.crowded
                || record.connections > bounds.maximumPerAddress
            {
                isCrowded.store(true, ordering: .relaxed)
            }
            return connection
        }
        relieve(on: channel.eventLoop)
        return connection
    }

    /// The client has disconnected.
    func end(_ channel: any Channel) {
        let signal = state.withLock { state in
            state.entries[ObjectIdentifier(channel)]?.isOver = true
            return state.entries[ObjectIdentifier(channel)]?.signal
        }
        signal?.fire(.disconnected)
    }

    func remove(_ channel: any Channel) {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: ObjectIdentifier(channel)) else {
                return
            }
            let address = entry.connection.client.address
            state.addresses[address]?.connections -= 1
            if entry.isLeaving {
                state.addresses[address]?.leaving -= 1
                state.leaving -= 1
            }
            if state.addresses[address]?.connections == 0 { state.addresses[address] = nil }
        }
    }

    // MARK: Too many

    /// The connection's last request is answered.
    func becameIdle(_ connection: Connection) {
        connection.becomeIdle()
        relieve(on: connection.channel.eventLoop)
    }

    /// The connection of a request that does not deserve its place, such as one with a wrong key.
    func becameIdle(_ channel: any Channel) {
        let connection = state.withLock { $0.entries[ObjectIdentifier(channel)]?.connection }
        if let connection { becameIdle(connection) }
    }

    /// Closes idle connections if there are too many. Looks again in a moment if too few are idle.
    private func relieve(on loop: any EventLoop) {
        guard isCrowded.load(ordering: .relaxed) else { return }
        let (leaving, looksAgain) = state.withLock { state in
            let (leaving, missing) = chooseLeaving(&state)
            let looksAgain = missing > 0 && !state.looksAgain
            if looksAgain { state.looksAgain = true }
            isCrowded.store(missing > 0 || !leaving.isEmpty, ordering: .relaxed)
            return (leaving, looksAgain)
        }
        for connection in leaving { close(connection) }
        if looksAgain { lookAgain(on: loop) }
    }

    private func lookAgain(on loop: any EventLoop) {
        loop.scheduleTask(in: .nanoseconds(Int64(ConnectionBounds.graceNs))) {
            self.state.withLock { $0.looksAgain = false }
            self.relieve(on: loop)
        }
    }

    /// Chooses the connections to close: of each address that has too many, then of all.
    /// - Returns: also how many more would have to be closed, but are not idle.
    private func chooseLeaving(_ state: inout State) -> (leaving: [Connection], missing: Int) {
        var leaving: [Connection] = []
        var missing = 0
        func choose(_ excess: Int, of client: ClientUse?) {
            guard excess > 0 else { return }
            let chosen = longestIdle(excess, state, of: client)
            for connection in chosen {
                state.entries[ObjectIdentifier(connection.channel)]?.isLeaving = true
                state.addresses[connection.client.address]?.leaving += 1
            }
            state.leaving += chosen.count
            leaving += chosen
            missing += excess - chosen.count
        }
        for record in state.addresses.values {
            choose(
                record.connections - record.leaving - bounds.maximumPerAddress, of: record.use)
        }
        choose(state.entries.count - state.leaving - bounds.crowded, of: nil)
        return (leaving, missing)
    }

    /// The connections that are idle longest, of one client or of all. It looks at all connections:
    /// that is rare, and no request pays for a sorted list.
    private func longestIdle(_ count: Int, _ state: State, of client: ClientUse?) -> [Connection] {
        // A connection that has just come may have a request that was not read yet.
        let now = NIODeadline.now().uptimeNanoseconds
        let since = max(now, ConnectionBounds.graceNs) - ConnectionBounds.graceNs
        let candidates = state.entries.values.filter {
            !$0.isLeaving && $0.connection.idleRank <= since
                && (client == nil || $0.connection.client === client)
        }
        return candidates.sorted { $0.connection.idleRank < $1.connection.idleRank }
            .prefix(count).map(\.connection)
    }

    private func close(_ connection: Connection) {
        let channel = connection.channel
        channel.eventLoop.execute {
            // A request may have come in the meantime, or the last response may still be on its
            // way to a client that reads slowly.
            let unsent = try? channel.syncOptions?.getOption(.bufferedWritableBytes)
            if connection.isIdle, unsent ?? 0 == 0 { return channel.close(promise: nil) }
            if connection.isIdle { connection.becomeIdle() }
            self.stay(connection)
            self.relieve(on: channel.eventLoop)
        }
    }

    /// A connection that was chosen to be closed is in use again.
    private func stay(_ connection: Connection) {
        state.withLock { state in
            let key = ObjectIdentifier(connection.channel)
            guard state.entries[key]?.isLeaving == true else { return }
            state.entries[key]?.isLeaving = false
            state.addresses[connection.client.address]?.leaving -= 1
            state.leaving -= 1
        }
    }

    // MARK: Signals

    /// Returns the signal that fires once the client has disconnected. It never fires for a channel
    /// that is not registered.
    ///
    /// A signal fires once, and the engine fires it too, when it ends a request's work. Later
    /// requests of the connection get another one.
    package func closing(of channel: any Channel) -> StopSignal {
        state.withLock { state in
            guard let entry = state.entries[ObjectIdentifier(channel)] else {
                return StopSignal()
            }
            guard !entry.isOver, entry.signal.hasFired else { return entry.signal }
            let next = StopSignal()
            state.entries[ObjectIdentifier(channel)]?.signal = next
            return next
        }
    }
}
