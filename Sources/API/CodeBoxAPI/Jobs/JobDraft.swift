import CodeBoxCore

/// A job as a request states it; a batch's defaults may add the fields that it leaves out.
struct JobDraft {
    var spec = JobSpec(runtime: "")
    /// The fields that the request has.
    var fields: Set<JobDecoder.Field> = []

    /// Returns this job with the fields that it leaves out taken from `defaults`. `env`, `labels`
    /// and
    /// `limits` are merged name by name.
    func completed(by defaults: JobDraft) -> JobDraft {
        var whole = defaults
        whole.fields.formUnion(fields)
        for field in fields {
            switch field {
            case .runtime: whole.spec.runtime = spec.runtime
            case .source: whole.spec.source = spec.source
            case .files: whole.spec.files = spec.files
            case .entrypoint: whole.spec.entrypoint = spec.entrypoint
            case .args: whole.spec.args = spec.args
            case .env: whole.spec.env.merge(spec.env) { _, own in own }
            case .stdin: whole.spec.stdin = spec.stdin
            case .limits: whole.spec.limits = spec.limits.completed(by: defaults.spec.limits)
            case .labels: whole.spec.labels.merge(spec.labels) { _, own in own }
            case .atMostOnce: whole.spec.atMostOnce = spec.atMostOnce
            case .zygote: whole.spec.mayFork = spec.mayFork
            case .mergeOutput: whole.spec.mergesOutput = spec.mergesOutput
            }
        }
        return whole
    }
}
