import CodeBoxCore
import CodeBoxJobs

/// Instants the checks use: one long past, and leases that have ended or have not.
enum Instant {
    static let origin = Timestamp(microseconds: 1_700_000_000_000_000)
    static let past = Timestamp.now.advanced(bySeconds: -60)
    static let future = Timestamp.now.advanced(bySeconds: 60)
}

enum SampleJobs {
    /// A job created the given number of milliseconds after ``Instant/origin``.
    static func job(
        _ milliseconds: Int = 0, runtime: String = "python", labels: [String: String] = [:],
        atMostOnce: Bool = false
    ) -> Job {
        let instant = Instant.origin.advanced(bySeconds: Double(milliseconds) / 1000)
        let spec = JobSpec(
            runtime: runtime, source: "print(1)", labels: labels, atMostOnce: atMostOnce)
        return Job(id: JobID(at: instant), spec: spec, createdAt: instant)
    }

    /// Jobs of consecutive milliseconds, oldest first.
    static func jobs(_ count: Int) -> [Job] { (0..<count).map { job($0) } }

    /// A job that uses every field, with bytes that are no text.
    static func fullJob() -> Job {
        let spec = JobSpec(
            runtime: "node:24", source: "console.log('grüße \u{1F600}\\n\u{0}')",
            files: [
                JobFile(path: "lib/a.bin", content: Array(0...255)),
                JobFile(path: "empty", content: []),
                JobFile(path: "b.js", content: Array("x".utf8)),
            ],
            entrypoint: "b.js", args: ["--flag", "ü", ""], env: ["A": "1", "B": ""],
            stdin: [0, 255, 10, 13],
            limits: LimitsRequest([.wallMs: 1500, .memoryBytes: 64 * 0x1p20, .cpus: 0.25]),
            labels: ["team": "blue", "run": "7"], atMostOnce: true, mergesOutput: true)
        return Job(id: JobID(at: Instant.origin), spec: spec, createdAt: Instant.origin)
    }

    static func fullResult() -> JobResult {
        JobResult(
            outcome: .memoryExceeded, exitCode: nil, signal: 9,
            stdout: CapturedOutput(bytes: [0, 200, 10], totalBytes: 1 << 33),
            stderr: CapturedOutput(bytes: Array("é".utf8)),
            usage: Usage(wallUs: 1, cpuUserUs: 2, cpuSystemUs: 3, memoryPeakBytes: 4),
            limits: .standard,
            runtime: RuntimeIdentity(
                name: "node", version: "24.1.0", digest: String(repeating: "a", count: 64)),
            timings: Timings(
                queuedUs: 5, acquireUs: 9, startupUs: 6, runUs: 7, finishUs: 8, isCold: false,
                isForked: true), error: "why")
    }

    static func result(exitCode: Int = 0) -> JobResult {
        JobResult(outcome: .exited, exitCode: exitCode)
    }
}

extension JobStore {
    /// Inserts and leases a job, so that it runs.
    func start(_ job: Job, worker: String = "w", until: Timestamp = Instant.future) async throws
        -> Job
    {
        try await insert([job], maximumQueued: 1000)
        let leased = try await lease(worker: worker, count: 1, until: until)
        try requireEqual(leased.map(\.id), [job.id], "the only queued job is leased")
        return leased[0]
    }

    /// Inserts a job and ends it at the given instant.
    func complete(_ job: Job, at instant: Timestamp) async throws {
        let leased = try await start(job)
        let held = try await finish(
            job.id, attempt: leased.attempt, worker: "w", result: SampleJobs.result(), at: instant)
        try require(held, "the worker holds what it leased")
    }

    func present(_ id: JobID) async throws -> Job {
        guard let job = try await job(id) else {
            throw BrokenPromise(description: "job \(id) has vanished")
        }
        return job
    }
}
