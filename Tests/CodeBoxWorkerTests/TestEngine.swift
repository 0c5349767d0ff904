import CodeBoxCore
import CodeBoxJobs
import CodeBoxSQLite
import Logging

@testable import CodeBoxWorker

/// An engine on a SQLite store of its own, with a scripted runner.
struct TestEngine: Sendable {
    let data: TestDataDirectory
    let store: FaultyStore
    let events = LocalJobEvents()
    let runner: ScriptedRunner
    let engine: JobEngine

    /// - Parameter data: another engine's directory, to be its successor.
    init(
        on data: TestDataDirectory? = nil, ceiling: Limits = .standardCeiling,
        admission: some Admission = OpenAdmission(),
        _ change: (inout JobEngine.Options) -> Void = { _ in }
    ) throws {
        self.data = try data ?? TestDataDirectory()
        store = FaultyStore(try SQLiteJobStore(path: self.data.storePath))
        runner = ScriptedRunner()
        var options = JobEngine.Options(workerName: "test", slots: 2)
        options.graceSeconds = 5
        options.retrySeconds = 0.001
        change(&options)
        engine = JobEngine(
            store: store, events: events, runner: runner, catalog: self.data.catalog,
            policy: LimitsPolicy(ceiling: ceiling), admission: admission, options: options,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs the service beside the body, and shuts it down after it.
    func serving<Value: Sendable>(_ body: (TestEngine) async throws -> Value) async throws -> Value
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await engine.run() }
            do {
                let value = try await body(self)
                engine.beginShutdown()
                try await group.waitForAll()
                return value
            } catch {
                group.cancelAll()
                throw error
            }
        }
    }

    func submit(_ source: String, atMostOnce: Bool = false) async throws -> Job {
        try await engine.jobs.submit(Self.spec(source, atMostOnce: atMostOnce), waiting: nil)
    }

    /// The job once it has finished, which it must within 10 s.
    func finished(_ job: Job) async throws -> Job {
        let job = try await engine.jobs.wait(for: job.id, seconds: 10)
        guard job.state == .finished else {
            throw CodeBoxError(.internalError, "job \(job.id) is \(job.state) after 10 s")
        }
        return job
    }

    static func spec(_ source: String, atMostOnce: Bool = false) -> JobSpec {
        JobSpec(runtime: "script", source: source, atMostOnce: atMostOnce)
    }
}

// Short forms for a client that stays connected, and has no key.

extension RunService {
    func run(_ spec: JobSpec, until stop: StopSignal = StopSignal()) async throws(CodeBoxError)
        -> Job
    {
        try await run(spec, for: Principal(), until: stop)
    }

    func run(
        _ specs: [JobSpec], with pass: BatchPass, until stop: StopSignal,
        deliver: (Int, Result<Job, CodeBoxError>) async throws -> Void
    ) async throws {
        try await run(specs, for: Principal(), with: pass, until: stop, deliver: deliver)
    }
}

extension JobService {
    func submit(_ spec: JobSpec, waiting seconds: Double?) async throws(CodeBoxError) -> Job {
        try await submit(spec, for: Principal(), waiting: seconds, until: StopSignal())
    }

    func wait(for id: JobID, seconds: Double) async throws(CodeBoxError) -> Job {
        try await wait(for: id, seconds: seconds, until: StopSignal())
    }
}

/// Waits for what no event tells; false after 10 s.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return false
}

extension Job {
    var outputText: String? { result.map { String(decoding: $0.stdout.bytes, as: UTF8.self) } }
}
