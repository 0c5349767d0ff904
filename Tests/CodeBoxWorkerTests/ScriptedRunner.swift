import CodeBoxCore
import CodeBoxSandbox
import Synchronization

@testable import CodeBoxWorker

/// Stands in for the warden, which can't be made to fail at will. A program's source says what it
/// does:
/// - `print TEXT`: writes the text and exits with 0;
/// - `hold NAME`: runs until ``release(_:)`` with that name, or until it is killed;
/// - `break`: a layer of its sandbox can't be put on;
/// - `fell`: the warden dies while it runs, and stays away until ``bringBack()``;
/// - `fell-once`: so on its first run; later ones exit with 0.
final class ScriptedRunner: SandboxRunner {
    private struct State {
        var started: [String] = []
        var running = 0
        var most = 0
        var gates: [String: OneShot<Void>] = [:]
        var starts: [String: OneShot<Void>] = [:]
        var back: OneShot<Void>?
        var warm: [[WarmPoolKey]] = []
        var pools: [[WarmPoolKey]] = []
        var lingering: OneShot<Void>?
    }

    private let state = Mutex(State())

    /// Sources in the order their programs started.
    var started: [String] { state.withLock { $0.started } }
    /// The most programs that ran at one time.
    var most: Int { state.withLock { $0.most } }
    var running: Int { state.withLock { $0.running } }
    /// What it was told to keep warm, each time.
    var warm: [[WarmPoolKey]] { state.withLock { $0.warm } }

    /// The pools that each run named.
    var pools: [[WarmPoolKey]] { state.withLock { $0.pools } }

    func keepWarm(_ pools: [WarmPoolKey]) {
        state.withLock { $0.warm.append(pools) }
    }

    func statistics() async -> WarmPoolStatistics {
        var statistics = WarmPoolStatistics()
        statistics.zygoteStarts = 3
        statistics.zygotesRestless = 1
        var pool = WarmPoolStatistics.Pool(image: TestDataDirectory.digest, zygote: nil)
        pool.waiting = 2
        statistics.pools = [pool]
        return statistics
    }

    var isAvailable: Bool { state.withLock { $0.back == nil } }

    func waitUntilAvailable() async {
        _ = await state.withLock { $0.back }?.value()
    }

    /// Sandboxes of programs that end from now on are there until the end of it is told.
    func startLingering() -> OneShot<Void> {
        let end = OneShot<Void>()
        state.withLock { $0.lingering = end }
        return end
    }

    func bringBack() {
        state.withLock { state in
            defer { state.back = nil }
            return state.back
        }?.fire(())
    }

    func takeAway() {
        state.withLock { $0.back = $0.back ?? OneShot() }
    }

    func release(_ name: String) { gate(name).fire(()) }

    /// Returns when a program with that source has started; false after 10 s.
    func hasStarted(_ source: String) async -> Bool {
        await start(source).value(within: .seconds(10)) != nil
    }

    func run(
        _ program: SandboxProgram, in spec: SandboxSpec, until stop: StopSignal,
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?, whenGone: (@Sendable () -> Void)?
    ) async throws(CodeBoxError) -> SandboxReport {
        // As late as can be: some other run must be able to wait for it.
        defer {
            if let hold = state.withLock({ $0.lingering }) {
                Task {
                    _ = await hold.value()
                    whenGone?()
                }
            } else {
                whenGone?()
            }
        }
        let source = String(decoding: program.files.first?.content ?? [], as: UTF8.self)
        let isFirst = state.withLock { state in
            defer {
                state.started.append(source)
                state.pools.append(spec.pools)
                state.running += 1
                state.most = max(state.most, state.running)
            }
            return !state.started.contains(source)
        }
        start(source).fire(())
        defer { state.withLock { $0.running -= 1 } }
        let words = source.split(separator: " ", maxSplits: 1).map(String.init)
        switch words.first {
        case "hold":
            let gate = gate(words[1])
            let killed = OneShot<Void>()
            let listener = stop.onFire { killed.fire(()) }
            defer { stop.remove(listener) }
            let isReleased = await withTaskGroup(of: Bool.self) { group in
                group.addTask { await gate.value() != nil }
                group.addTask {
                    _ = await killed.value()
                    return false
                }
                defer { group.cancelAll() }
                return await group.next() ?? false
            }
            guard isReleased else { return report(.canceled) }
        case "break":
            throw CodeBoxError(.sandboxFailed, "the sandbox could not be made: step 'mount /proc'")
        case "fell", "fell-once":
            guard words[0] == "fell" || isFirst else { break }
            takeAway()
            throw CodeBoxError(.wardenUnavailable, "the warden went away")
        default:
            break
        }
        return report(.exited, output: words.last ?? "")
    }

    private func gate(_ name: String) -> OneShot<Void> { event(name, \.gates) }
    private func start(_ source: String) -> OneShot<Void> { event(source, \.starts) }

    private func event(_ name: String, _ path: WritableKeyPath<State, [String: OneShot<Void>]>)
        -> OneShot<Void>
    {
        state.withLock { state in
            let event = state[keyPath: path][name] ?? OneShot()
            state[keyPath: path][name] = event
            return event
        }
    }

    private func report(_ outcome: Outcome, output: String = "") -> SandboxReport {
        SandboxReport(
            outcome: outcome, exitCode: outcome == .exited ? 0 : nil,
            signal: outcome == .canceled ? 9 : nil,
            stdout: CapturedOutput(bytes: Array(output.utf8)), stderr: CapturedOutput(),
            usage: Usage(wallUs: 70, cpuUserUs: 60, cpuSystemUs: 5, memoryPeakBytes: 4096),
            timings: Timings(acquireUs: 5, startupUs: 30, runUs: 70, finishUs: 10))
    }
}
