import CLinux
import Glibc

/// epoll: which of many descriptors can be read or written, each known by a token of the caller's.
///
/// Used by one thread at a time. A descriptor must be removed before it is closed: a freshly
/// cloned PID 1 shares the open file for a moment and would keep it in the set.
package struct Poller: ~Copyable {
    package struct Event {
        package let token: UInt64
        package let readable: Bool
        package let writable: Bool
        /// The other end is gone, or the descriptor is broken.
        package let closed: Bool
    }

    private let epoll: Descriptor
    private var events: [epoll_event]

    package init() throws(SystemError) {
        let raw = epoll_create1(CInt(EPOLL_CLOEXEC))
        guard raw >= 0 else { throw SystemError("epoll_create1") }
        epoll = Descriptor(raw)
        events = Array(repeating: epoll_event(), count: 256)
    }

    /// - Parameter onEdges: told of each change, not for as long as there is something (EPOLLET).
    package func add(
        _ fd: CInt, token: UInt64, reading: Bool = true, writing: Bool = false,
        onEdges: Bool = false
    ) throws(SystemError) {
        var event = Self.event(token, reading, writing)
        if onEdges { event.events |= EPOLLET.rawValue }
        guard epoll_ctl(epoll.number, EPOLL_CTL_ADD, fd, &event) == 0 else {
            throw SystemError("epoll_ctl(ADD)")
        }
    }

    package func modify(_ fd: CInt, token: UInt64, reading: Bool, writing: Bool) {
        var event = Self.event(token, reading, writing)
        _ = epoll_ctl(epoll.number, EPOLL_CTL_MOD, fd, &event)
    }

    package func remove(_ fd: CInt) {
        var event = epoll_event()
        _ = epoll_ctl(epoll.number, EPOLL_CTL_DEL, fd, &event)
    }

    /// Waits for the first events, or until the deadline.
    /// - Parameter deadline: nanoseconds of `CLOCK_MONOTONIC`; nil waits without end.
    /// - Returns: the events; none when the deadline has come or a signal interrupted.
    package mutating func wait(until deadline: UInt64?, now: UInt64) -> [Event] {
        var timeout: CInt = -1
        if let deadline {
            // Rounded up: waking early would only mean waiting again.
            let left = deadline > now ? (deadline - now + 999_999) / 1_000_000 : 0
            timeout = CInt(min(left, 3_600_000))
        }
        let count = events.withUnsafeMutableBufferPointer { buffer in
            epoll_wait(epoll.number, buffer.baseAddress, CInt(buffer.count), timeout)
        }
        guard count > 0 else { return [] }
        return events[0..<Int(count)].map { event in
            Event(
                token: event.data.u64,
                readable: event.events & EPOLLIN.rawValue != 0,
                writable: event.events & EPOLLOUT.rawValue != 0,
                closed: event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0)
        }
    }

    private static func event(_ token: UInt64, _ reading: Bool, _ writing: Bool) -> epoll_event {
        var event = epoll_event()
        if reading { event.events |= EPOLLIN.rawValue }
        if writing { event.events |= EPOLLOUT.rawValue }
        event.data.u64 = token
        return event
    }
}
