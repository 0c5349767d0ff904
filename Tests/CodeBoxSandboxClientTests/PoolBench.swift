import CodeBoxSandbox
import CodeBoxCore
import Testing

@testable import CodeBoxSandboxClient

/// Warm pools with a warden that is played by hand: what is ordered stands when the test says so,
/// and so does the time.
final class PoolBench {
    var pools: WarmPools
    var now: UInt64 = 1_000_000_000_000
    /// Ordered and not yet ready, in order.
    var making: [(id: UInt64, key: WarmPoolKey, zygote: UInt64)] = []
    /// Ready and not taken, killed or failed.
    var standing: Set<UInt64> = []
    var killed: [UInt64] = []
    var startedZygotes: [(id: UInt64, name: ZygoteName)] = []
    var droppedZygotes: [UInt64] = []
    var handovers: [Handover] = []
    /// Most that was in the making at one time.
    var mostMaking = 0
    private var runs: UInt64 = 0

    static let python = ZygoteSetting(kind: .python)

    init(_ policy: WarmPoolPolicy = WarmPoolPolicy(), cores: Int = 2, mostWaiting: Int = 1000) {
        pools = WarmPools(policy: policy, cores: cores, mostWaiting: mostWaiting)
    }

    static func key(
        _ digit: String = "a", zygote: ZygoteSetting? = nil, limits: Limits = .standard
    ) -> WarmPoolKey {
        WarmPoolKey(
            image: String(repeating: digit, count: 64), zygote: zygote, limits: limits)
    }

    static func setting(heapMiB: Int) -> ZygoteSetting {
        ZygoteSetting(kind: .python, heapMiB: heapMiB)
    }

    func pass(seconds: Double) {
        now = now.adding(seconds: seconds)
        settle()
    }

    /// Carries out what the pools want now.
    func settle() {
        var turns = 0
        while pools.isDue(now) {
            turns += 1
            // It would keep the client's thread busy for nothing.
            guard turns < 100 else {
                Issue.record("there is always something due")
                return
            }
            for order in pools.plan(now: now) {
                switch order {
                case .make(let id, let key, let zygote): making.append((id, key, zygote))
                case .kill(let id):
                    standing.remove(id)
                    killed.append(id)
                case .startZygote(let id, let name): startedZygotes.append((id, name))
                case .dropZygote(let id): droppedZygotes.append(id)
                }
            }
            mostMaking = max(mostMaking, making.count)
        }
    }

    /// The first in the making stands.
    func finishOne(bytes: Int = 1 << 20) {
        let one = making.removeFirst()
        if let handover = pools.ready(one.id, bytes: bytes, now: now) {
            handovers.append(handover)
        } else if pools.places[one.id] != nil {
            standing.insert(one.id)
        }
        settle()
    }

    /// All that is wanted stands; pauses for the sake of runs pass.
    func finishAll(bytes: Int = 1 << 20) {
        pass(seconds: 0.01)
        for _ in 0..<1000 where !making.isEmpty {
            finishOne(bytes: bytes)
            pass(seconds: 0.002)
        }
    }

    func failOne(byZygote: Bool = false) -> PoolFailure {
        let one = making.removeFirst()
        defer { settle() }
        return pools.failed(one.id, byZygote: byZygote, now: now)
    }

    /// A run comes; nil if it stands in line.
    func run(_ keys: WarmPoolKey..., mayFork: Bool = true) -> Handover? {
        runs += 1
        let run = PoolRun(id: runs, pools: keys, mayFork: mayFork)
        let handover = pools.take(run, now: now)
        if let handover { standing.remove(handover.sandbox) }
        settle()
        return handover
    }

    var lastRun: UInt64 { runs }

    func runEnds() {
        pools.runEnded(now: now)
        settle()
    }

    func cancel(_ run: UInt64) -> Bool {
        defer { settle() }
        return pools.cancel(run)
    }

    func bringUpZygotes(areRestless: Bool = false) {
        for zygote in startedZygotes {
            pools.zygoteIsUp(zygote.id, isRestless: areRestless, now: now)
        }
        startedZygotes = []
        settle()
    }

    func pool(_ key: WarmPoolKey) -> WarmPool {
        pools.pools.first { $0.key == key }!
    }

    func waiting(_ key: WarmPoolKey) -> Int {
        pools.slot(of: key).map { pools.pools[$0].waiting.count } ?? 0
    }
}
