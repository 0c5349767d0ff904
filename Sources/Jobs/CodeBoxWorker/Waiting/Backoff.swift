/// Pauses between the tries of an operation that fails. Each is twice as long as the one before, up
/// to a maximum.
struct Backoff {
    private var next: Duration
    private let maximum: Duration

    init(first: Duration, maximum: Duration) {
        next = first
        self.maximum = maximum
    }

    mutating func pause() -> Duration {
        defer { next = min(next * 2, maximum) }
        return next
    }
}
