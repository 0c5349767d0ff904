import CodeBoxJobs
import Synchronization

/// The events that one subscriber heard.
final class Heard: Sendable {
    private let state = Mutex<[JobEvent]>([])

    var events: [JobEvent] { state.withLock { $0 } }

    func add(_ event: JobEvent) { state.withLock { $0.append(event) } }

    /// Waits at most 10 s for a number of events, and then a little for one too many.
    func events(_ count: Int) async throws -> [JobEvent] {
        for _ in 0..<1000 where events.count < count {
            try await Task.sleep(for: .milliseconds(10))
        }
        try await Task.sleep(for: .milliseconds(20))
        return events
    }
}

extension JobEvents {
    func listen(_ heard: Heard) -> JobEventSubscription {
        subscribe { heard.add($0) }
    }
}
