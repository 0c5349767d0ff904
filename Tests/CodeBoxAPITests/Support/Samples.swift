import CodeBoxCore

extension RuntimeIdentity {
    static let sample = RuntimeIdentity(
        name: "python", version: "3.13.5", digest: String(repeating: "0a", count: 32))
}

extension JobResult {
    /// A program that wrote this and ended well.
    static func printed(_ bytes: [UInt8], totalBytes: Int? = nil) -> JobResult {
        JobResult(
            outcome: .exited, exitCode: 0,
            stdout: CapturedOutput(bytes: bytes, totalBytes: totalBytes),
            usage: Usage(wallUs: 9, cpuUserUs: 7, cpuSystemUs: 1, memoryPeakBytes: 4096),
            limits: .standard, runtime: .sample,
            timings: Timings(
                queuedUs: 1, acquireUs: 4, startupUs: 2, runUs: 9, finishUs: 3, isCold: false,
                isForked: true))
    }

    static func printed(_ text: String) -> JobResult {
        printed(Array(text.utf8))
    }
}

extension Job {
    func finished(_ result: JobResult) -> Job {
        var job = self
        job.state = .finished
        job.attempt = 1
        job.startedAt = job.createdAt
        job.finishedAt = .now
        job.result = result
        return job
    }
}
