package import CodeBoxCore

/// Opens this process's cgroups.
package enum Cgroups {
    /// The period over which `limits.cpus` is enforced, microseconds; the kernel's default.
    ///
    /// A short job is never throttled within its first period's quota, so a longer period means
    /// less latency; most jobs end before a shorter one would make a difference. Also, a quota is
    /// at least 1 ms, which 0.01 of a core needs this period for.
    static let cpuPeriodUs = 100_000

    /// Quota per period, microseconds.
    static func cpuQuotaUs(_ limits: Limits) -> Int {
        max(1000, Int((limits.cpus * Double(cpuPeriodUs)).rounded()))
    }

    /// A weight of cgroup v2 as `cpu.shares` of v1: the default is 100 there and 1,024 here, and
    /// the kernel's least 2.
    static func cpuShares(ofWeight weight: Int) -> Int {
        max(2, weight * 1024 / 100)
    }

    /// Makes room for a warden that is about to be started. On v2 that may move this service's
    /// processes, which the warden can't do: it does not see most of them from its pid namespace.
    /// What fails here fails in the warden again, which reports it.
    static func makeRoom() {
        guard let site = (try? CgroupSurvey.current())?.v2 else { return }
        _ = try? site.prepare()
    }

    /// Finds the version in force, makes this process's folder and removes those of predecessors
    /// that died. On v2 this may move this service's processes; see ``CgroupV2Site``.
    /// - Parameter owner: the folder is named after it; this process by default.
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
