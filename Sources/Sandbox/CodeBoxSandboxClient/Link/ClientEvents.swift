import CodeBoxSystem
import Glibc

/// The client's epoll set: the warden's socket and every run's pipes.
final class ClientEvents {
    /// What an event is about.
    enum Part: UInt64 {
        case link, wakeup, job, stdin, stdout, stderr
    }

    struct Event {
        let part: Part
        /// The sandbox's id; 0 for ``Part/link`` and ``Part/wakeup``.
        let id: UInt64
    }

    private var poller: Poller

    init() throws(SystemError) {
        poller = try Poller()
    }

    /// - Parameter onEdges: tells of each change, not for as long as there is something to read.
    func add(_ fd: CInt, _ part: Part, onEdges: Bool = false) throws(SystemError) {
        try poller.add(fd, token: part.rawValue, onEdges: onEdges)
    }

    /// Must come before the descriptor is closed.
    func remove(_ fd: CInt) {
        poller.remove(fd)
    }

    /// Waits for the first events, or until the deadline.
    /// - Parameter deadline: nanoseconds of `CLOCK_MONOTONIC`; nil waits without end.
    func wait(until deadline: UInt64?, now: UInt64) -> [Event] {
        poller.wait(until: deadline, now: now).compactMap { event in
            Part(rawValue: event.token & 0xff).map { Event(part: $0, id: event.token >> 8) }
        }
    }

    // MARK: Sandboxes' pipes

    /// Watches a pipe that is open and not watched yet.
    func watch(
        _ pipe: inout ClientPipe, _ part: Part, of id: UInt64, writing: Bool = false
    ) throws(SystemError) {
        guard pipe.isOpen, !pipe.isWatched else { return }
        try poller.add(
            pipe.raw, token: id << 8 | part.rawValue, reading: !writing, writing: writing)
        pipe.isWatched = true
    }

    func shut(_ pipe: inout ClientPipe) {
        guard pipe.isOpen else { return }
        if pipe.isWatched { poller.remove(pipe.raw) }
        close(pipe.raw)
        pipe = ClientPipe()
    }

    func shutAll(of sandbox: ClientSandbox) {
        shut(&sandbox.job)
        shut(&sandbox.stdin)
        shut(&sandbox.stdout)
        shut(&sandbox.stderr)
    }
}
