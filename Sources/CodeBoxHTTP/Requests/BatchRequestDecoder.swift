import CodeBoxCore
import NIOCore

/// Reads a batch out of a request's body, in one pass: `{"jobs": […], "defaults": {…}}`.
///
/// A job that is wrong spoils itself alone. The whole is refused only if it is no such object, its
/// defaults are wrong, or it has no job or too many.
struct BatchRequestDecoder {
    enum Field: String, CaseIterable {
        case jobs, defaults
    }

    static let maximumJobs = 1_000

    private var decoder: JobRequestDecoder
    private var drafts: [Result<JobDraft, Problem>] = []
    private var jobCount = 0
    private var defaults = JobDraft()

    static func decode(_ body: ByteBuffer) throws(Problem) -> [Result<JobSpec, Problem>] {
        let result: Result<[Result<JobSpec, Problem>], Problem> = body.withUnsafeReadableBytes {
            bytes in
            var batch = Self(decoder: JobRequestDecoder(reader: JSONReader(bytes)))
            do throws(JSONSyntaxError) {
                try batch.read()
            } catch {
                return .failure(Problem(error, in: bytes))
            }
            guard batch.decoder.faults.isEmpty else {
                return .failure(Problem(batch.decoder.faults))
            }
            return .success(batch.drafts.map(batch.completed))
        }
        return try result.get()
    }

    private init(decoder: JobRequestDecoder) {
        self.decoder = decoder
    }

    private mutating func read() throws(JSONSyntaxError) {
        var (drafts, jobCount, defaults) = (drafts, jobCount, defaults)
        let seen = try decoder.object(Field.self, at: "") {
            (decoder: inout JobRequestDecoder, field: Field) throws(JSONSyntaxError) in
            switch field {
            case .jobs:
                try decoder.array(at: "jobs") {
                    (decoder: inout JobRequestDecoder, index: Int) throws(JSONSyntaxError) in
                    jobCount = index + 1
                    if jobCount > Self.maximumJobs { return try decoder.reader.skip() }
                    drafts.append(try Self.draft(&decoder))
                }
            case .defaults: defaults = try Self.defaults(&decoder)
            }
        }
        try decoder.reader.end()
        (self.drafts, self.jobCount, self.defaults) = (drafts, jobCount, defaults)
        guard let seen, decoder.faults.isEmpty else { return }
        if !seen.contains(.jobs) {
            decoder.fault("jobs", "is required")
        } else if jobCount == 0 {
            decoder.fault("jobs", "must hold at least one job")
        } else if jobCount > Self.maximumJobs {
            decoder.fault("jobs", "holds \(jobCount) jobs; the maximum is \(Self.maximumJobs)")
        }
    }

    /// One job; its faults are its own.
    private static func draft(_ decoder: inout JobRequestDecoder)
        throws(JSONSyntaxError) -> Result<JobDraft, Problem>
    {
        let others = decoder.faults
        decoder.faults = []
        let draft = try decoder.draft()
        let faults = decoder.faults
        decoder.faults = others
        guard faults.isEmpty, let draft else {
            return .failure(
                Problem(
                    faults.map { fault in
                        // The decoder takes what it reads for the body.
                        fault.field.isEmpty
                            ? FieldFault(
                                field: "",
                                message: fault.message.replacing("the body", with: "a job"))
                            : fault
                    }))
        }
        return .success(draft)
    }

    /// Their faults are the batch's.
    private static func defaults(_ decoder: inout JobRequestDecoder)
        throws(JSONSyntaxError) -> JobDraft
    {
        let before = decoder.faults.count
        let draft = try decoder.draft()
        for index in before..<decoder.faults.count {
            let fault = decoder.faults[index]
            decoder.faults[index] =
                fault.field.isEmpty
                ? FieldFault(
                    field: "defaults", message: fault.message.replacing("the body ", with: ""))
                : FieldFault(field: "defaults.\(fault.field)", message: fault.message)
        }
        return draft ?? JobDraft()
    }

    private func completed(_ draft: Result<JobDraft, Problem>) -> Result<JobSpec, Problem> {
        draft.flatMap { draft in
            let whole = draft.completed(by: defaults)
            guard whole.fields.contains(.runtime) else {
                return .failure(Problem([FieldFault(field: "runtime", message: "is required")]))
            }
            return .success(whole.spec)
        }
    }
}
