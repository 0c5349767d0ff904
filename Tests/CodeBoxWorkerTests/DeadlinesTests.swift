import Testing

@testable import CodeBoxWorker

@Suite("Deadlines", .timeLimit(.minutes(1)))
struct DeadlinesTests {
    @Test("each fires once, not before its time, in whatever order they were added")
    func fires() async {
        let deadlines = Deadlines()
        let begun = ContinuousClock.now
        await withTaskGroup(of: (Int, Duration).self) { group in
            for milliseconds in [60, 20, 40, 0, 30, 10, 50] {
                group.addTask {
                    // Resumed twice, it would end the test.
                    await withCheckedContinuation { continuation in
                        _ = deadlines.add(after: .milliseconds(milliseconds)) {
                            continuation.resume()
                        }
                    }
                    return (milliseconds, ContinuousClock.now - begun)
                }
            }
            for await (milliseconds, time) in group { #expect(time >= .milliseconds(milliseconds)) }
        }
    }

    @Test("one that is removed never fires, and hides none that comes later")
    func removed() async {
        let deadlines = Deadlines()
        let fired = OneShot<Void>()
        let ticket = deadlines.add(after: .milliseconds(10)) { fired.fire(()) }
        deadlines.remove(ticket)
        await withCheckedContinuation { continuation in
            _ = deadlines.add(after: .milliseconds(30)) { continuation.resume() }
        }
        #expect(fired.fired == nil)
    }

    @Test("one for ever after does no harm")
    func forEver() async {
        let deadlines = Deadlines()
        let ticket = deadlines.add(after: .seconds(Int64.max / 4)) {}
        await withCheckedContinuation { continuation in
            _ = deadlines.add(after: .milliseconds(1)) { continuation.resume() }
        }
        deadlines.remove(ticket)
    }
}
