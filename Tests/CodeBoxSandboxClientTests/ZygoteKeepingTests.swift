import CodeBoxSandbox
import CodeBoxCore
import Testing

@testable import CodeBoxSandboxClient

@Suite("Warm pools: their zygotes")
struct ZygoteKeepingTests {
    private let key = PoolBench.key(zygote: PoolBench.python)

    private func bench(_ policy: WarmPoolPolicy = WarmPoolPolicy(minimum: 2)) -> PoolBench {
        let bench = PoolBench(policy)
        bench.pools.keepWarm([key], now: bench.now)
        bench.settle()
        return bench
    }

    @Test("nothing is made ahead until the zygote is up; then all come from it")
    func waitsForZygote() throws {
        let bench = bench()
        #expect(bench.startedZygotes.count == 1)
        #expect(bench.making.isEmpty)
        let zygote = bench.startedZygotes[0].id
        bench.bringUpZygotes()
        #expect(bench.making.map(\.zygote) == [zygote, zygote])
        bench.finishAll()
        let handover = try #require(bench.run(key))
        #expect(handover.isForked)
        #expect(bench.pools.statistics.forkedRuns == 1)
        #expect(bench.pools.statistics.zygoteFallbacks == 0)
        #expect(bench.pools.statistics.pools[0].isZygoteUp)
    }

    @Test("a run that comes before that execs, and is counted")
    func fallsBackBefore() {
        let bench = bench()
        #expect(bench.run(key) == nil)
        #expect(bench.making.map(\.zygote) == [0])
        bench.finishOne()
        #expect(bench.handovers.map(\.isForked) == [false])
        #expect(bench.pools.statistics.zygoteFallbacks == 1)
    }

    @Test("a program that wants an interpreter of its own is no fallback")
    func ownInterpreter() throws {
        let bench = bench()
        bench.bringUpZygotes()
        bench.finishAll()
        let handover = try #require(bench.run(key, mayFork: false))
        #expect(!handover.isForked)
        #expect(bench.pools.statistics.zygoteFallbacks == 0)
    }

    @Test("when a fork fails, the run that waits gets a sandbox that execs")
    func forkFails() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 0, maximum: 0))
        bench.pools.keepWarm([key], now: bench.now)
        bench.settle()
        bench.bringUpZygotes()
        _ = bench.run(key)
        #expect(bench.making.map { $0.zygote == 0 } == [false])
        #expect(bench.failOne(byZygote: true) == .ignored)
        #expect(bench.making.map { $0.zygote == 0 } == [true])
        bench.finishOne()
        #expect(bench.handovers.map(\.run) == [1])
        #expect(bench.pools.statistics.zygoteFallbacks == 1)
        // The next one is forked again.
        _ = bench.run(key)
        #expect(bench.making.map { $0.zygote == 0 } == [false])
    }

    @Test("a zygote that fails to fork three times in a row is given up and started anew")
    func givenUp() {
        let bench = bench()
        let zygote = bench.startedZygotes[0].id
        bench.bringUpZygotes()
        for _ in 0..<3 { _ = bench.failOne(byZygote: true) }
        #expect(bench.droppedZygotes == [zygote])
        #expect(bench.pools.statistics.zygoteFailures == 1)
        bench.pass(seconds: 0.2)
        #expect(bench.startedZygotes.count == 1)
    }

    @Test("one that dies is started again, after longer pauses each time; meanwhile programs exec")
    func restarts() {
        let bench = bench()
        for failures in 1...3 {
            bench.pools.zygoteIsDown(bench.startedZygotes[0].id, now: bench.now)
            bench.startedZygotes = []
            bench.settle()
            #expect(bench.pools.statistics.zygoteFailures == failures)
            #expect(bench.startedZygotes.isEmpty)
            bench.pass(seconds: 0.1 * Double(1 << (failures - 1)) + 0.01)
            #expect(bench.startedZygotes.count == 1)
        }
        // Who fails again and again is not waited for.
        bench.finishAll()
        #expect(bench.waiting(key) == 2)
        #expect(bench.run(key)?.isForked == false)
        bench.runEnds()
        // And once it is up after all, what execs is replaced.
        bench.finishAll()
        bench.bringUpZygotes()
        bench.finishAll()
        #expect(bench.pool(key).waiting.allSatisfy { $0.zygote != 0 })
        #expect(bench.waiting(key) == 2)
    }

    @Test("sandboxes of a zygote that died go on to be used")
    func outlivesZygote() {
        let bench = bench()
        let zygote = bench.startedZygotes[0].id
        bench.bringUpZygotes()
        bench.finishAll()
        bench.pools.zygoteIsDown(zygote, now: bench.now)
        bench.settle()
        #expect(bench.run(key)?.isForked == true)
    }

    @Test("after so many forks a new one is started; the old one goes when the new one is up")
    func recyclesByForks() {
        let bench = bench(WarmPoolPolicy(minimum: 2, zygoteForks: 5))
        let old = bench.startedZygotes[0].id
        bench.bringUpZygotes()
        bench.finishAll()
        for _ in 0..<3 {
            #expect(bench.run(key)?.isForked == true)
            bench.runEnds()
            bench.finishAll()
        }
        #expect(bench.startedZygotes.count == 1)
        #expect(bench.droppedZygotes.isEmpty)
        let new = bench.startedZygotes[0].id
        bench.bringUpZygotes()
        #expect(bench.droppedZygotes == [old])
        #expect(bench.killed.isEmpty, "what waits may still be used")
        #expect(bench.run(key)?.isForked == true)
        bench.runEnds()
        bench.finishAll()
        #expect(bench.pool(key).waiting.contains { $0.zygote == new })
    }

    @Test("an old one is not dropped while sandboxes are in the making from it")
    func recyclesByAge() {
        let bench = bench(
            WarmPoolPolicy(minimum: 1, maximumAgeSeconds: 1e6, zygoteSeconds: 60))
        let old = bench.startedZygotes[0].id
        bench.bringUpZygotes()
        bench.finishAll()
        bench.pass(seconds: 61)
        #expect(bench.startedZygotes.count == 1)
        _ = bench.run(key)
        bench.runEnds()
        bench.pass(seconds: 0.01)
        #expect(bench.making.map(\.zygote) == [old])
        bench.bringUpZygotes()
        #expect(bench.droppedZygotes.isEmpty)
        bench.finishOne()
        #expect(bench.droppedZygotes == [old])
    }

    @Test("a restless zygote is used, and replaced at once, until the third in a row is restless")
    func replacesRestless() {
        let bench = bench()
        for count in 1...2 {
            let restless = bench.startedZygotes[0].id
            bench.bringUpZygotes(areRestless: true)
            #expect(bench.pools.statistics.zygotesRestless == count)
            #expect(bench.startedZygotes.count == 1)
            bench.finishAll()
            #expect(bench.run(key)?.isForked == true)
            bench.runEnds()
            bench.finishAll()
            #expect(bench.pools.pools[0].origin.zygote == restless)
        }
        bench.bringUpZygotes(areRestless: true)
        #expect(bench.startedZygotes.isEmpty, "this one is kept")
        #expect(bench.pools.statistics.zygoteFailures == 0)
        #expect(bench.pools.statistics.zygotesRestless == 3)
    }

    @Test("a good zygote that replaces a restless one is kept")
    func replacedByGood() {
        let bench = bench()
        let restless = bench.startedZygotes[0].id
        bench.bringUpZygotes(areRestless: true)
        bench.finishAll()
        bench.bringUpZygotes()
        #expect(bench.droppedZygotes == [restless])
        #expect(bench.startedZygotes.isEmpty)
        bench.pass(seconds: 60)
        #expect(bench.startedZygotes.isEmpty)
    }

    @Test("a new image's zygote takes the old one's place")
    func replacesImage() {
        let bench = bench()
        let old = bench.startedZygotes[0].id
        bench.bringUpZygotes()
        bench.finishAll()
        let new = PoolBench.key("b", zygote: PoolBench.python)
        bench.pools.keepWarm([new], now: bench.now)
        bench.settle()
        #expect(bench.droppedZygotes == [old])
        #expect(bench.startedZygotes.map(\.name.image) == [new.image])
        #expect(bench.standing.isEmpty)
    }

    @Test("a setting that nobody keeps gets a zygote at its second use within a minute")
    func secondUse() throws {
        let bench = bench()
        bench.bringUpZygotes()
        bench.finishAll()
        let own = PoolBench.key(zygote: PoolBench.setting(heapMiB: 64))
        let first = try #require(bench.run(own, key))
        #expect(!first.isForked)
        #expect(bench.startedZygotes.isEmpty)
        #expect(bench.pools.statistics.zygoteFallbacks == 0)
        bench.pass(seconds: 61)
        _ = bench.run(own, key)
        #expect(bench.startedZygotes.isEmpty)
        bench.pass(seconds: 30)
        _ = bench.run(own, key)
        #expect(bench.startedZygotes.map(\.name.setting) == [PoolBench.setting(heapMiB: 64)])
        bench.bringUpZygotes()
        // A fork made now is there sooner than an interpreter's start.
        #expect(bench.run(own, key) == nil)
        bench.finishAll()
        #expect(bench.handovers.last?.isForked == true)
    }

    @Test("while the zygote that suits a run best is started, the run waits for one that serves")
    func waitsForOneThatServes() {
        let bench = bench()
        bench.bringUpZygotes()
        bench.finishAll()
        var typed = PoolBench.python
        typed.warmUps = 1
        let best = PoolBench.key(zygote: typed)
        var atOnce = 0
        while atOnce < 20, bench.run(best, key) != nil { atOnce += 1 }
        #expect(bench.pools.roster.has(ZygoteName(of: best)!))
        bench.finishAll()
        #expect(bench.handovers.map(\.isForked) == [true])
    }

    @Test("beside the kept ones there are four zygotes at most, and idle ones go")
    func fewUnkept() {
        let bench = bench()
        bench.bringUpZygotes()
        let keys = (0..<5).map { PoolBench.key(zygote: PoolBench.setting(heapMiB: 64 + $0)) }
        for key in keys {
            for _ in 0..<2 { _ = bench.run(key) }
            bench.finishAll()
            bench.bringUpZygotes()
            bench.pass(seconds: 1)
        }
        #expect(bench.droppedZygotes.count == 1)
        #expect(bench.pools.roster.keepers.filter { !$0.isKept }.count == 4)
        #expect(!bench.pools.roster.has(ZygoteName(of: keys[0])!))
        bench.pass(seconds: 601)
        #expect(!bench.pools.roster.keepers.contains { !$0.isKept })
        #expect(bench.droppedZygotes.count == 5)
    }

    @Test("pools of one setting and other limits share its zygote")
    func sharesZygote() {
        let bench = bench()
        var limits = Limits.standard
        limits.workspaceBytes *= 2
        let other = PoolBench.key(zygote: PoolBench.python, limits: limits)
        bench.bringUpZygotes()
        bench.finishAll()
        #expect(bench.run(other) == nil)
        bench.finishAll()
        #expect(bench.handovers.map(\.isForked) == [true])
        #expect(bench.pools.statistics.zygoteStarts == 1)
    }

    @Test("when the warden is lost, its kept zygotes are started anew")
    func forgets() {
        let bench = bench()
        bench.bringUpZygotes()
        bench.finishAll()
        _ = bench.pools.forget(now: bench.now)
        bench.settle()
        #expect(bench.startedZygotes.count == 1)
        #expect(bench.waiting(key) == 0)
    }
}
