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
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var addresses: [ClientAddress: Address] = [:]
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

    /// Adds a connection. Closes an idle one if there are too many, which may be the new one
    /// itself: an address at its maximum that has no idle connection gets no further one.
    @discardableResult
    func add(_ channel: any Channel) -> Connection {
        let address = ClientAddress(channel.remoteAddress)
        let (connection, leaving) = state.withLock { state in
            var record = state.addresses[address] ?? Address(use: ClientUse(address))
            record.connections += 1
            state.addresses[address] = record
            let connection = Connection(channel, record.use)
            state.entries[ObjectIdentifier(channel)] = Entry(connection: connection)
            let isOver = record.connections > bounds.maximumPerAddress
            // The new connection was idle for the shortest time, so it is the last choice.
            let leaving = isOver ? longestIdle(&state, of: record.use) : relieve(&state)
            return (connection, leaving)
        }
        if let leaving { close(leaving) }
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
            if state.addresses[address]?.connections == 0 { state.addresses[address] = nil }
            isCrowded.store(state.entries.count > bounds.crowded, ordering: .relaxed)
        }
    }

    // MARK: Idle connections

    /// The connection's last request is answered.
    func becameIdle(_ connection: Connection) {
        connection.becomeIdle()
        guard isCrowded.load(ordering: .relaxed) else { return }
        if let leaving = state.withLock({ relieve(&$0) }) { close(leaving) }
    }

    /// The connection of a request that does not deserve its place, such as one with a wrong key.
    func becameIdle(_ channel: any Channel) {
        let connection = state.withLock { $0.entries[ObjectIdentifier(channel)]?.connection }
        if let connection { becameIdle(connection) }
    }

    /// Chooses a connection to close if too few places are free.
    private func relieve(_ state: inout State) -> Connection? {
        let crowded = state.entries.count > bounds.crowded
        isCrowded.store(crowded, ordering: .relaxed)
        return crowded ? longestIdle(&state, of: nil) : nil
    }

    /// Chooses the connection that is idle longest, of one client or of all. It looks at all
    /// connections: that is rare, and no request pays for a sorted list.
    private func longestIdle(_ state: inout State, of client: ClientUse?) -> Connection? {
        let candidates = state.entries.values.lazy.filter {
            !$0.isLeaving && $0.connection.isIdle
                && (client == nil || $0.connection.client === client)
        }
        guard
            let entry = candidates.min(by: {
                $0.connection.idleRank < $1.connection.idleRank
            })
        else { return nil }
        state.entries[ObjectIdentifier(entry.connection.channel)]?.isLeaving = true
        return entry.connection
    }

    private func close(_ connection: Connection) {
        let channel = connection.channel
        channel.eventLoop.execute {
            // A request may have come in the meantime, or the last response may still be on its
            // way to a client that reads slowly.
            let unsent = try? channel.syncOptions?.getOption(.bufferedWritableBytes)
            if connection.isIdle, unsent ?? 0 == 0 { return channel.close(promise: nil) }
            if connection.isIdle { connection.becomeIdle() }
            self.state.withLock { $0.entries[ObjectIdentifier(channel)]?.isLeaving = false }
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
