import CWire
import CodeBoxCore
import Testing

@testable import CodeBoxWarden

@Suite("SandboxClock")
struct SandboxClockTests {
    private static let second: UInt64 = 1_000_000_000
    private let leaf = FakeLeaf()
    private let limits = LimitsRequest([
        .wallMs: 3000, .cpuMs: 1000, .memoryBytes: 0x1p26, .cpus: 2, .processes: 1,
        .workspaceBytes: 0x1p20, .openFiles: 16, .outputBytes: 0,
    ]).applied(to: .standard)

    private func clock(waits: Bool = false, ready: Bool = true) -> SandboxClock {
        var clock = SandboxClock(limits: limits, waits: waits, now: Self.second)
        if ready { clock.becomeReady(cpuUs: leaf.cpuUs) }
        return clock
    }

    private func overrun(_ finding: SandboxClock.Finding) -> cb_verdict? {
        if case .overrun(let verdict) = finding { verdict } else { nil }
    }

    private func late(_ finding: SandboxClock.Finding) -> cb_step? {
        if case .late(let step) = finding { step } else { nil }
    }

    @Test("a program that is not started within 30 s is given up, a fork within 2 s")
    func late() {
        var clock = clock(ready: false)
        #expect(clock.nextNs == 31 * Self.second)
        #expect(late(clock.check(leaf, now: 31 * Self.second)) == CB_STEP_RECEIVE)
        clock.awaitFork(now: 2 * Self.second)
        #expect(clock.nextNs == 4 * Self.second)
        #expect(late(clock.check(leaf, now: 3 * Self.second)) == nil)
        #expect(late(clock.check(leaf, now: 4 * Self.second)) == CB_STEP_ZYGOTE)
    }

    @Test("a sandbox that waits in a pool has no clock until it is taken")
    func waiting() {
        var clock = clock(waits: true)
        #expect(clock.nextNs == nil)
        clock.take(limits, now: 100 * Self.second)
        #expect(clock.nextNs == 130 * Self.second)
    }

    @Test("a program that starts before its sandbox is said to be ready keeps its clocks")
    func startBeforeReady() {
        var clock = clock(waits: true, ready: false)
        clock.start(told: 5 * Self.second, now: 5 * Self.second)
        clock.becomeReady(cpuUs: 900_000)
        #expect(overrun(clock.check(leaf, now: 8 * Self.second)) == CB_VERDICT_WALL)
        #expect(clock.nextNs != nil)
    }

    @Test("the wall clock runs from the start, which is never in the future")
    func wall() {
        var clock = clock()
        clock.start(told: 50 * Self.second, now: 10 * Self.second)
        #expect(clock.startedNs == 10 * Self.second)
        #expect(overrun(clock.check(leaf, now: 13 * Self.second - 1)) == nil)
        #expect(overrun(clock.check(leaf, now: 13 * Self.second)) == CB_VERDICT_WALL)
    }

    @Test("CPU time is looked at when it could be spent at the earliest, and without the set-up's")
    func cpu() {
        leaf.cpuUs = 400_000
        var clock = clock()
        clock.start(told: 10 * Self.second, now: 10 * Self.second)
        // 1 s by two cores.
        #expect(clock.nextNs == 10 * Self.second + Self.second / 2)
        leaf.cpuUs = 1_399_999
        #expect(overrun(clock.check(leaf, now: 11 * Self.second)) == nil)
        #expect(clock.nextNs == 11 * Self.second + 2_000_000)
        leaf.cpuUs = 1_400_000
        #expect(overrun(clock.check(leaf, now: 11 * Self.second)) == CB_VERDICT_CPU)
    }

    @Test("a sandbox is taken with the limits of its job, even if the program has started before")
    func takenLate() {
        var clock = clock(waits: true)
        clock.start(told: 10 * Self.second, now: 10 * Self.second)
        var short = limits
        short.wallMs = 100
        clock.take(short, now: 10 * Self.second)
        #expect(overrun(clock.check(leaf, now: 10 * Self.second + 100_000_000)) == CB_VERDICT_WALL)
    }

    @Test("out of memory, it looks again until the kernel has chosen a victim")
    func memory() {
        var clock = clock()
        clock.start(told: 10 * Self.second, now: 10 * Self.second)
        clock.runOutOfMemory(now: 11 * Self.second)
        #expect(clock.nextNs == 11 * Self.second)
        #expect(overrun(clock.check(leaf, now: 11 * Self.second)) == nil)
        #expect(clock.nextNs == 11 * Self.second + 2_000_000)
        leaf.hasOOMKill = true
        #expect(overrun(clock.check(leaf, now: 12 * Self.second)) == CB_VERDICT_MEMORY)
    }
}
