import CodeBoxAPI
import CodeBoxCore

/// What a job is turned into on its way: out of JSON, and with its result into JSON again.
public struct WireForms: Sendable {
    private let body: [UInt8]
    private let job: Job

    /// - Parameter source: the program's text.
    /// - Throws: `CodeBoxError` if the job is not one.
    public init(source: String, output: String) throws {
        body = Array(
            """
            {"runtime": "python", "source": \(Self.quoted(source)), "stdin": "1 2 3\\n",
             "limits": {"wall_ms": 2000, "memory_bytes": 67108864}, "labels": {"team": "blue"}}
            """.utf8)
        guard let spec = JobCodec.decode(body) else {
            throw CodeBoxError(.invalidRequest, "the benchmark's own job is refused")
        }
        job = Job(
            id: JobID(), spec: spec, state: .finished, attempt: 1, startedAt: .now,
            finishedAt: .now,
            result: JobResult(
                outcome: .exited, exitCode: 0,
                stdout: CapturedOutput(bytes: Array(output.utf8)), limits: .standard,
                runtime: RuntimeIdentity(
                    name: "python", version: "3.13", digest: String(repeating: "a", count: 64))))
    }

    /// Body of `POST /v1/run` → job.
    public func decode() -> Int {
        JobCodec.decode(body)?.source?.utf8.count ?? 0
    }

    /// Job and result → body of the answer.
    public func encode() -> Int {
        JobCodec.encode(job).count
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\n", with: "\\n").replacing("\"", with: "\\\"") + "\""
    }
}
