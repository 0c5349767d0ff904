import CodeBoxCore

extension JobSpec {
    /// Returns this job with what its client's key demands. This is the one place where a principal
    /// acts on a job.
    func admitted(for principal: Principal) -> JobSpec {
        guard !principal.options.mayFork else { return self }
        var spec = self
        spec.ownInterpreter = true
        return spec
    }
}
