import CodeBoxSystem

/// The warden's epoll set: tells what happens on every descriptor that the warden watches.
final class WardenEvents {
    /// What an event is about.
    enum Source: UInt64 {
        case listener, lifeline, signals, connection
        /// Of a sandbox: PID 1's socket and process, memory running out (v1), the job's process,
        /// and its seccomp filter.
        case control, process, memory, job, exit
        case zygote, zygoteProcess
    }

    struct Event {
        let source: Source
        /// Of the connection, sandbox or zygote; 0 where there is only one of the source.
        let number: UInt64
        let readable: Bool
        let writable: Bool
        /// The other end is gone, or the descriptor is broken.
        let closed: Bool
    }

    private var poller: Poller

    init() throws(SystemError) {
        poller = try Poller()
    }

    func add(_ fd: CInt, _ source: Source, _ number: UInt64 = 0) throws(SystemError) {
        try poller.add(fd, token: Self.token(source, number))
    }

    /// Watches a connection, for room to write too where replies wait.
    func watch(_ connection: WardenConnection) {
        poller.modify(
            connection.socket, token: Self.token(.connection, connection.number), reading: true,
            writing: connection.isBacklogged)
    }

    /// Goes on, or stops, telling of what can be read from a descriptor; its end is told of anyway.
    func listen(_ fd: CInt, _ source: Source, _ number: UInt64, _ reading: Bool) {
        poller.modify(fd, token: Self.token(source, number), reading: reading, writing: false)
    }

    /// Must come before the descriptor is closed.
    func remove(_ fd: CInt) {
        poller.remove(fd)
    }

    /// Waits for the first events, or until the deadline.
    /// - Parameter deadline: nanoseconds of `CLOCK_MONOTONIC`; nil waits without end.
    func wait(until deadline: UInt64?, now: UInt64) -> [Event] {
        poller.wait(until: deadline, now: now).compactMap { event in
            guard let source = Source(rawValue: event.token >> 56) else { return nil }
            return Event(
                source: source, number: event.token & 0xff_ffff_ffff_ffff,
                readable: event.readable, writable: event.writable, closed: event.closed)
        }
    }

    /// The source in the highest byte, the number below.
    private static func token(_ source: Source, _ number: UInt64) -> UInt64 {
        source.rawValue << 56 | number
    }
}
