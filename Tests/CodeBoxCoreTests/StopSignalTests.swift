import CodeBoxCore
import Synchronization
import Testing

@Suite("StopSignal")
struct StopSignalTests {
    private final class Calls: Sendable {
        private let count = Atomic(0)
        var value: Int { count.load(ordering: .relaxed) }
        func add() { count.add(1, ordering: .relaxed) }
    }

    @Test("everyone who listens is called once, and who comes late at once")
    func fires() {
        let (signal, calls) = (StopSignal(), Calls())
        _ = signal.onFire { calls.add() }
        _ = signal.onFire { calls.add() }
        #expect(!signal.hasFired)
        signal.fire(.canceled)
        signal.fire(.canceled)
        #expect(signal.hasFired)
        #expect(calls.value == 2)
        _ = signal.onFire { calls.add() }
        #expect(calls.value == 3)
    }

    @Test("the first reason counts")
    func reason() {
        let signal = StopSignal()
        #expect(signal.reason == nil)
        signal.fire(.shutdown)
        signal.fire(.canceled)
        #expect(signal.reason == .shutdown)
    }

    @Test("who has left is not called")
    func leaves() {
        let (signal, calls) = (StopSignal(), Calls())
        let listener = signal.onFire { calls.add() }
        let other = signal.onFire { calls.add() }
        signal.remove(listener)
        signal.fire(.canceled)
        #expect(calls.value == 1)
        signal.remove(other)
    }

    @Test("fired from many threads, it calls each listener once")
    func races() async {
        let (signal, calls) = (StopSignal(), Calls())
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask { _ = signal.onFire { calls.add() } }
                group.addTask { signal.fire(.canceled) }
            }
        }
        #expect(calls.value == 50)
    }
}
