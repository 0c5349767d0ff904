import CodeBoxSandbox
import CodeBoxCore
import Testing

@testable import CodeBoxSandboxClient

@Suite("Warm pools: the memory they share")
struct WarmPoolBudgetTests {
    private let one = PoolBench.key("a")
    private let two = PoolBench.key("b")
    private let megabyte = 1 << 20

    @Test("waiting sandboxes take no more than the budget, whatever the minimum")
    func holdsBudget() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 20, memoryBytes: 10 << 20))
        bench.pools.keepWarm([one], now: bench.now)
        bench.finishAll(bytes: megabyte)
        #expect(bench.waiting(one) == 10)
        #expect(bench.pool(one).bytes == 10 << 20)
    }

    @Test("two pools that want more than there is get equal shares of it")
    func sharesFairly() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 20, memoryBytes: 10 << 20))
        bench.pools.keepWarm([one, two], now: bench.now)
        bench.finishAll(bytes: megabyte)
        #expect(bench.waiting(one) == 5)
        #expect(bench.waiting(two) == 5)
    }

    @Test("a pool that has grown gives up what another one's minimum needs")
    func minimumFirst() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 3, maximum: 64, memoryBytes: 12 << 20))
        bench.pools.keepWarm([one], now: bench.now)
        bench.finishAll()
        for _ in 0..<4 {
            for _ in 0...bench.waiting(one) { _ = bench.run(one) }
            bench.pass(seconds: 0.1)
            bench.finishAll()
        }
        #expect(bench.waiting(one) == 12)
        bench.pools.keepWarm([one, two], now: bench.now)
        bench.finishAll()
        #expect(bench.waiting(one) == 9)
        #expect(bench.waiting(two) == 3)
    }

    @Test("demand moves memory from the richer pool, until both have the same, and then rests")
    func rebalances() {
        let bench = PoolBench(WarmPoolPolicy(minimum: 1, maximum: 64, memoryBytes: 12 << 20))
        bench.pools.keepWarm([one, two], now: bench.now)
        bench.finishAll()
        func demand(_ key: WarmPoolKey) {
            for _ in 0..<6 {
                for _ in 0...bench.waiting(key) { _ = bench.run(key) }
                bench.pass(seconds: 0.1)
                bench.finishAll()
            }
        }
        demand(one)
        #expect(bench.waiting(one) == 11)
        demand(two)
        #expect(bench.waiting(one) == 6)
        #expect(bench.waiting(two) == 6)
        let killed = bench.killed.count
        for _ in 0..<20 { bench.pass(seconds: 0.1) }
        bench.finishAll()
        #expect(bench.killed.count == killed, "no two pools take room from each other in turn")
    }

    @Test("with the budget full, one that is too old makes room for its successor")
    func replacesWithinBudget() {
        let bench = PoolBench(
            WarmPoolPolicy(minimum: 8, memoryBytes: 4 << 20, maximumAgeSeconds: 60))
        bench.pools.keepWarm([one], now: bench.now)
        bench.finishAll()
        let first = bench.standing
        #expect(first.count == 4)
        bench.pass(seconds: 61)
        bench.finishAll()
        #expect(bench.standing.count == 4)
        #expect(bench.standing.isDisjoint(with: first))
        #expect(bench.pool(one).bytes <= 4 << 20)
    }
}
