import CodeBoxSandbox
import CodeBoxCore
import Testing

@testable import CodeBoxSandboxClient

@Suite("Warm pools: how many wait, and who gets them")
struct WarmPoolsTests {
    private let key = PoolBench.key()

    @Test("a kept pool is filled to its minimum, as many at one time as there are cores")
    func fills() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 5), cores: 2)
        bench.pools.keepWarm([key], now: bench.now)
        bench.settle()
        #expect(bench.making.count == 2)
        bench.finishAll()
        #expect(bench.waiting(key) == 5)
        #expect(bench.mostMaking == 2)
        #expect(bench.making.isEmpty)
    }

    @Test("a run takes what has waited longest, and what it took is made again off its path")
    func takes() throws {
        let bench = PoolBench(WarmPoolPolicy(minimum: 4))
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        let oldest = try #require(bench.pool(key).waiting.first?.id)
        let handover = try #require(bench.run(key))
        #expect(handover.sandbox == oldest)
        #expect(!handover.isCold)
        #expect(bench.making.isEmpty, "the warden is the run's for now")
        bench.runEnds()
        bench.pass(seconds: 0.002)
        #expect(bench.making.count == 1)
        bench.finishAll()
        #expect(bench.waiting(key) == 4)
        #expect(bench.pools.statistics.warmRuns == 1)
    }

    @Test("with runs active just one is made ahead at a time, and at once where few are left")
    func refillsGently() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 8), cores: 4)
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        for _ in 0..<5 { _ = bench.run(key) }
        #expect(bench.making.isEmpty)
        _ = bench.run(key)
        #expect(bench.waiting(key) == 2)
        #expect(bench.making.count == 1)
        bench.pass(seconds: 1)
        #expect(bench.making.count == 1)
        for _ in 0..<6 { bench.runEnds() }
        #expect(bench.making.count == 4)
    }

    @Test("a run that finds the pool empty doubles the target, a burst of them once")
    func grows() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 2, maximum: 7))
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        for _ in 0..<10 { _ = bench.run(key) }
        #expect(bench.pool(key).target == 4)
        bench.pass(seconds: 0.1)
        _ = bench.run(key)
        #expect(bench.pool(key).target == 7, "no more than the maximum")
        bench.finishAll()
        #expect(bench.handovers.count == 9)
        #expect(bench.waiting(key) == 7)
    }

    @Test("a pool that is not drawn low shrinks by one a period, down to its minimum")
    func shrinks() {
        let bench = PoolBench(
            WarmPoolPolicy(minimum: 2, maximum: 8, shrinkAfterSeconds: 10))
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        for _ in 0..<3 { _ = bench.run(key) }
        bench.finishAll()
        for _ in 0..<3 { bench.runEnds() }
        bench.finishAll()
        #expect(bench.waiting(key) == 4)
        // Drawn, but not low: it shrinks all the same.
        bench.pass(seconds: 6)
        _ = bench.run(key)
        bench.finishAll()
        bench.pass(seconds: 6)
        bench.finishAll()
        #expect(bench.waiting(key) == 3)
        for _ in 0..<5 { bench.pass(seconds: 11) }
        #expect(bench.pool(key).target == 2)
        #expect(bench.waiting(key) == 2)
    }

    @Test("runs in line are served in turn, few sandboxes in the making at a time")
    func servesLine() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 0, maximum: 0), cores: 2)
        for _ in 0..<32 { #expect(bench.run(key) == nil) }
        #expect(bench.making.count == 4)
        for _ in 0..<32 { bench.finishOne() }
        #expect(bench.handovers.map(\.run) == Array(1...32))
        #expect(!bench.handovers.contains { !$0.isCold })
        #expect(bench.making.isEmpty)
        #expect(bench.mostMaking == 4)
        #expect(bench.pools.statistics.coldRuns == 32)
    }

    @Test("of two pools' lines the run that came first is served first")
    func servesLinesInTurn() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 0, maximum: 0), cores: 1)
        let other = PoolBench.key("b")
        for second in 1...3 {
            _ = bench.run(key)
            bench.pass(seconds: Double(second))
            _ = bench.run(other)
            bench.pass(seconds: Double(second))
        }
        for _ in 0..<6 { bench.finishOne() }
        #expect(bench.handovers.map(\.run) == Array(1...6))
    }

    @Test("a run that is canceled in line leaves it, and its sandbox goes to the next")
    func cancels() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 0, maximum: 0))
        _ = bench.run(key)
        _ = bench.run(key)
        #expect(bench.cancel(1))
        #expect(!bench.cancel(1))
        bench.finishOne()
        #expect(bench.handovers.map(\.run) == [2])
        // Nobody waits for the second, and the target is none.
        bench.finishOne()
        #expect(bench.standing.isEmpty)
        #expect(bench.killed.count == 1)
        #expect(!bench.cancel(2))
    }

    @Test("one that waited too long is replaced, not before its successor stands")
    func ages() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 3, maximumAgeSeconds: 60))
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        let first = bench.standing
        bench.pass(seconds: 59)
        #expect(bench.making.isEmpty)
        bench.pass(seconds: 2)
        #expect(!bench.making.isEmpty)
        var fewest = 3
        for _ in 0..<100 where !bench.making.isEmpty {
            bench.finishOne()
            fewest = min(fewest, bench.waiting(key))
        }
        #expect(fewest == 3)
        #expect(bench.standing.count == 3)
        #expect(bench.standing.isDisjoint(with: first))
    }

    @Test("an idle client has nothing to do before the next second, and only what is due")
    func staysQuiet() throws {
        let bench = PoolBench(WarmPoolPolicy(minimum: 2, maximumAgeSeconds: 600))
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        let next = try #require(bench.pools.deadlineNs)
        #expect(next >= bench.now + 590_000_000_000)
        let empty = PoolBench()
        empty.settle()
        #expect(empty.pools.deadlineNs == nil)
    }

    @Test("when a pool is not kept any more, what waits in it goes")
    func replacesImage() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 3))
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        let old = bench.standing
        let new = PoolBench.key("b")
        bench.pools.keepWarm([new], now: bench.now)
        bench.finishAll()
        #expect(Set(bench.killed) == old)
        #expect(bench.waiting(key) == 0)
        #expect(bench.waiting(new) == 3)
        bench.pass(seconds: 61)
        #expect(bench.pools.slot(of: key) == nil)
    }

    @Test("a pool that only runs name begins at the second one, and goes when it is idle")
    func followsDemand() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 3))
        _ = bench.run(key)
        bench.finishAll()
        bench.runEnds()
        bench.finishAll()
        #expect(bench.waiting(key) == 0)
        _ = bench.run(key)
        bench.finishAll()
        bench.runEnds()
        bench.finishAll()
        #expect(bench.waiting(key) == 1)
        bench.pass(seconds: 61)
        #expect(bench.standing.isEmpty)
        #expect(bench.pools.slot(of: key) == nil)
    }

    @Test("a run takes from its next pool when the first has none and no zygote to fork")
    func takesFromNext() throws {
        let bench = PoolBench(WarmPoolPolicy(minimum: 2))
        var limits = Limits.standard
        limits.memoryBytes *= 2
        let first = PoolBench.key(limits: limits)
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        let handover = try #require(bench.run(first, key))
        #expect(!handover.isCold)
        #expect(bench.pools.statistics.zygoteFallbacks == 0)
    }

    @Test("a sandbox that fails in the making fails the run that waits first, and no other")
    func failsFirstInLine() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 0, maximum: 0))
        _ = bench.run(key)
        _ = bench.run(key)
        #expect(bench.failOne() == .run(1))
        bench.finishOne()
        #expect(bench.handovers.map(\.run) == [2])
    }

    @Test("with nobody in line, making pauses after failures, longer each time, told once")
    func backsOff() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 1))
        bench.pools.keepWarm([key], now: bench.now)
        bench.settle()
        #expect(bench.failOne() == .worthTelling)
        #expect(bench.making.isEmpty)
        bench.pass(seconds: 0.006)
        #expect(bench.making.count == 1)
        #expect(bench.failOne() == .ignored)
        bench.pass(seconds: 0.006)
        #expect(bench.making.isEmpty)
        bench.pass(seconds: 0.006)
        #expect(bench.making.count == 1)
        // A run that comes is not made to wait for the pause's end.
        _ = bench.failOne()
        _ = bench.run(key)
        #expect(bench.making.count == 1)
        bench.finishOne()
        #expect(bench.handovers.count == 1)
    }

    @Test("one that dies while it waits is not handed over")
    func diesWaiting() throws {
        let bench = PoolBench(WarmPoolPolicy(minimum: 2))
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        let dead = try #require(bench.pool(key).waiting.first?.id)
        _ = bench.pools.failed(dead, byZygote: false, now: bench.now)
        bench.settle()
        #expect(bench.run(key)?.sandbox != dead)
        bench.pass(seconds: 1)
        bench.finishAll()
        #expect(bench.waiting(key) == 2)
    }

    @Test("when descriptors run out, nothing is made ahead for a time; then the minimum is")
    func stopsGrowing() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 4))
        bench.pools.keepWarm([key], now: bench.now)
        bench.settle()
        bench.finishOne()
        bench.pools.stopGrowing(now: bench.now)
        bench.settle()
        while !bench.making.isEmpty { bench.finishOne() }
        #expect(bench.waiting(key) == 1)
        bench.pass(seconds: 5)
        #expect(bench.making.isEmpty)
        bench.pass(seconds: 6)
        bench.finishAll()
        #expect(bench.waiting(key) == 4)
    }

    @Test("no more wait than there are descriptors for")
    func boundedByDescriptors() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 10), mostWaiting: 6)
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        #expect(bench.waiting(key) == 6)
    }

    @Test("when the warden is lost all are forgotten, runs in line come back in order")
    func forgets() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 1), cores: 1)
        bench.pools.keepWarm([key], now: bench.now)
        bench.finishAll()
        for _ in 0..<3 { _ = bench.run(key) }
        let runs = bench.pools.forget(now: bench.now)
        #expect(runs.map(\.id) == [2, 3])
        bench.making = []
        bench.finishAll()
        #expect(bench.waiting(key) == bench.pool(key).target)
    }

    @Test("at the end all that waits is killed, and nothing is made any more")
    func ends() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 4))
        bench.pools.keepWarm([key], now: bench.now)
        bench.settle()
        bench.finishOne()
        bench.pools.end()
        bench.settle()
        while !bench.making.isEmpty { bench.finishOne() }
        #expect(bench.standing.isEmpty)
        #expect(bench.killed.count == 3)
        bench.pass(seconds: 10)
        #expect(bench.making.isEmpty)
    }
}
