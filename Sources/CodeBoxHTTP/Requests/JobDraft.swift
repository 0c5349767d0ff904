import CodeBoxCore

/// A job as far as a request names it: what is left out may come from a batch's defaults.
struct JobDraft {
    var spec = JobSpec(runtime: "")
    /// The members that were there.
    var fields: Set<JobRequestDecoder.Field> = []

    /// This job, with what it leaves out taken from `defaults`: `env`, `labels` and `limits` member
    /// by member, all else whole.
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
            }
        }
        return whole
    }
}
