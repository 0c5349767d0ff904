import CWire
import CodeBoxCore

/// The clocks of one sandbox: how long it may take to be built, to be forked for, and to run.
struct SandboxClock {
    /// What a look at the clocks found.
    enum Finding {
        case inTime
        /// The job is over one of its limits.
        case overrun(cb_verdict)
        /// No program was started in time: the step that did not come.
        case late(cb_step)
    }

    /// How long a sandbox may take from its clone to its program's start; one of a pool, from being
    /// taken.
    private static let setupNs: UInt64 = 30_000_000_000
    /// How long a zygote may take to fork.
    private static let forkNs: UInt64 = 2_000_000_000
    /// How long what is left of a sandbox may stand after its end was reported.
    private static let lingerNs: UInt64 = 1_000_000
    /// CPU time and memory are not looked at more often.
    private static let leastPauseNs: UInt64 = 2_000_000

    private(set) var limits: Limits
    /// The sandbox waits in a pool: no program is expected until it is taken.
    private var waits: Bool
    private var setupDeadlineNs: UInt64
    private var forkDeadlineNs: UInt64?
    /// When the program started, `CLOCK_MONOTONIC`, nanoseconds; 0 until then.
    private(set) var startedNs: UInt64 = 0
    /// CPU time that was spent on building the sandbox, microseconds; none of it is the program's.
    private(set) var setupCPUUs = 0
    /// The cgroup has run out of memory; the kernel is choosing a victim.
    private var isOutOfMemory = false
    /// When to look at the clocks next; nil while there is nothing to look at.
    private(set) var nextNs: UInt64?

    init(limits: Limits, waits: Bool, now: UInt64) {
        self.limits = limits
        self.waits = waits
        setupDeadlineNs = now + Self.setupNs
        nextNs = setupDeadlineNs
    }

    // MARK: What happens

    mutating func awaitFork(now: UInt64) {
        forkDeadlineNs = now + Self.forkNs
        nextNs = forkDeadlineNs
    }

    /// All layers are on.
    /// - Parameter cpuUs: CPU time spent until now, microseconds.
    mutating func becomeReady(cpuUs: Int) {
        forkDeadlineNs = nil
        // A go-between that was held up may speak after the program's start; the program's clocks
        // run.
        guard startedNs == 0 else { return }
        setupCPUUs = cpuUs
        nextNs = waits ? nil : setupDeadlineNs
    }

    /// A job gets the sandbox, with limits of its own.
    mutating func take(_ limits: Limits, now: UInt64) {
        self.limits = limits
        waits = false
        setupDeadlineNs = now + Self.setupNs
        // The program's first word comes by another socket than the client's, and may have come
        // before this: the clocks were then set by the limits that the sandbox was made with.
        nextNs = startedNs == 0 ? setupDeadlineNs : firstCheckNs(now)
    }

    /// The sandbox was reported before it was taken: it ends by the clock that was set then.
    mutating func takeLate(_ limits: Limits) {
        self.limits = limits
        waits = false
    }

    /// The program has started.
    /// - Parameter told: when, in the word of the sandbox's own processes: never in the future.
    mutating func start(told: UInt64, now: UInt64) {
        startedNs = min(max(1, told), now)
        nextNs = firstCheckNs(now)
    }

    mutating func runOutOfMemory(now: UInt64) {
        isOutOfMemory = true
        nextNs = now
    }

    /// The end was reported, and the rest is killed soon.
    mutating func linger(from now: UInt64) {
        nextNs = now + Self.lingerNs
    }

    mutating func stop() {
        nextNs = nil
    }

    // MARK: Looking

    /// Looks at the clocks, and for a victim when memory ran out.
    mutating func check(_ leaf: any CgroupLeaf, now: UInt64) -> Finding {
        if isOutOfMemory, (try? leaf.usage())?.memoryExceeded ?? false {
            return .overrun(CB_VERDICT_MEMORY)
        }
        guard startedNs > 0 else { return checkStart(now) }
        if now >= wallDeadlineNs { return .overrun(CB_VERDICT_WALL) }
        let spentUs = leaf.cpuTimeUs() - setupCPUUs
        if spentUs >= limits.cpuMs * 1000 { return .overrun(CB_VERDICT_CPU) }
        nextNs = min(wallDeadlineNs, cpuCheckNs(now, spentUs: spentUs))
        // The event comes before the kill; reclaim may yet make it needless.
        if isOutOfMemory { nextNs = now + Self.leastPauseNs }
        return .inTime
    }

    private mutating func checkStart(_ now: UInt64) -> Finding {
        if let forkDeadlineNs, now >= forkDeadlineNs { return .late(CB_STEP_ZYGOTE) }
        if now >= setupDeadlineNs { return .late(CB_STEP_RECEIVE) }
        nextNs = isOutOfMemory ? now + Self.leastPauseNs : forkDeadlineNs ?? setupDeadlineNs
        return .inTime
    }

    private var wallDeadlineNs: UInt64 { startedNs + UInt64(limits.wallMs) * 1_000_000 }

    private func firstCheckNs(_ now: UInt64) -> UInt64 {
        min(wallDeadlineNs, cpuCheckNs(now, spentUs: 0))
    }

    /// When the CPU time could be spent at the earliest, if all its cores were busy from now on.
    ///
    /// Not sooner than 2 ms: the last stretch is looked at in steps, not in a storm.
    private func cpuCheckNs(_ now: UInt64, spentUs: Int) -> UInt64 {
        let leftUs = Double(max(0, limits.cpuMs * 1000 - spentUs)) / max(limits.cpus, 0.01)
        return now + max(Self.leastPauseNs, UInt64(leftUs * 1000))
    }
}
