package import CodeBoxCore

/// The way to this process's cgroups.
package enum Cgroups {
    /// The period over which `limits.cpus` is enforced, microseconds; the kernel's default.
    ///
    /// A short job is never throttled within its first period's quota, so a longer period means
    /// less latency; what a shorter one would even out lies beyond the life of most jobs. Also, a
    /// quota is 1 ms at least, which 0.01 of a core reaches with no shorter period.
    static let cpuPeriodUs = 100_000

    /// Quota per period, microseconds.
    static func cpuQuotaUs(_ limits: Limits) -> Int {
        max(1000, Int((limits.cpus * Double(cpuPeriodUs)).rounded()))
    }

    /// Makes room for a warden that is about to be started. On v2 that may move this service's
    /// processes, which the warden can't do itself: most are out of sight of its pid namespace. What
    /// fails here fails in the warden again, which reports it.
    static func makeRoom() {
        guard let site = (try? CgroupSurvey.current())?.v2 else { return }
        _ = try? site.prepare()
    }

    /// Finds the version in force, makes this process's folder and removes those of predecessors
    /// that died. On v2 this may move this service's processes; see ``CgroupV2Site``.
    /// - Parameter owner: whose name the folder bears; this process unless told.
    /// - Throws: `sandboxFailed` with the remedy.
    package static func open(owner: CgroupOwner? = nil) throws(CodeBoxError) -> any CgroupHierarchy
    {
        let owner = if let owner { owner } else { try CgroupOwner.current() }
        let survey = try CgroupSurvey.current()
        if let site = survey.v2 { return try CgroupV2(base: site.prepare(), owner: owner) }
        guard survey.missingV1Controllers.isEmpty else { throw CgroupReport.failure(survey) }
        return try CgroupV1(survey.v1, owner: owner)
    }
}
