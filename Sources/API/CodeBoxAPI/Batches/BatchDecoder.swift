import CodeBoxCore
import CodeBoxHTTP
import CodeBoxJSON
import NIOCore

/// Decodes a batch from a request's body: `{"jobs": […], "defaults": {…}}`.
///
/// The faults of one job refuse that job only. The whole batch is refused if it is not such an
/// object, if its defaults have a fault, or if it has no job or too many.
struct BatchDecoder {
    enum Field: String, CaseIterable {
        case jobs, defaults
    }

    static let maximumJobs = 1_000
    private static let maximum = ListBound(maximumJobs, "jobs")

    private var drafts: [Result<JobDraft, Problem>] = []
    private var jobCount = 0
    private var defaults = JobDraft()

    static func decode(_ body: ByteBuffer) throws(Problem) -> [Result<JobSpec, Problem>] {
        let batch = try body.decode { decoder throws(JSONSyntaxError) -> Self? in
            try Self(&decoder)
        }
        return batch.drafts.map(batch.completed)
    }

    private init?(_ decoder: inout FieldDecoder) throws(JSONSyntaxError) {
        let seen = try decoder.object(Field.self) {
            (decoder: inout FieldDecoder, field: Field) throws(JSONSyntaxError) in
            switch field {
            case .jobs:
                try decoder.array(Self.maximum) {
                    (decoder: inout FieldDecoder, _) throws(JSONSyntaxError) in
                    try read(&decoder)
                }
            case .defaults: defaults = try JobDecoder.draft(&decoder) ?? JobDraft()
            }
        }
        guard let seen else { return nil }
        guard decoder.faults.isEmpty else { return }
        decoder.require([.jobs], of: seen)
        if decoder.faults.isEmpty { checkCount(&decoder) }
    }

    /// Reads one job.
    private mutating func read(_ decoder: inout FieldDecoder) throws(JSONSyntaxError) {
        jobCount += 1
        let part = try decoder.separately("the job", JobDecoder.draft)
        guard part.faults.isEmpty, let draft = part.value else {
            drafts.append(.failure(Problem(part.faults)))
            return
        }
        drafts.append(.success(draft))
    }

    private func checkCount(_ decoder: inout FieldDecoder) {
        if jobCount == 0 {
            decoder.fault("must contain at least one job", field: Field.jobs.rawValue)
        }
    }

    private func completed(_ draft: Result<JobDraft, Problem>) -> Result<JobSpec, Problem> {
        draft.flatMap { draft in
            let whole = draft.completed(by: defaults)
            guard whole.fields.contains(.runtime) else {
                return .failure(
                    Problem([FieldFault(field: "runtime", message: "missing required field")]))
            }
            return .success(whole.spec)
        }
    }
}
