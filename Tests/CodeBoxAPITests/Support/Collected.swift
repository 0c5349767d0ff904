import Synchronization

/// Values that come out of closures which may run elsewhere.
final class Collected<Value>: Sendable {
    private struct Box: @unchecked Sendable {
        var values: [Value] = []
    }

    private let box = Mutex(Box())

    var all: [Value] { box.withLock { $0 }.values }

    func add(_ value: sending Value) {
        var taken = Optional(value)
        box.withLock { if let value = taken.take() { $0.values.append(value) } }
    }
}
