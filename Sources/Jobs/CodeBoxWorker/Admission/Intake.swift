import CodeBoxCore

/// The way in for every new job: checks that the server takes jobs, admits the job, and plans it.
struct Intake<Gate: Admission>: Sendable {
    private let gate: Gate
    private let planning: Planning
    private let shutdown: Shutdown

    init(gate: Gate, planning: Planning, shutdown: Shutdown) {
        self.gate = gate
        self.planning = planning
        self.shutdown = shutdown
    }

    /// Takes a job in. Afterwards the spec says what was granted: it names its runtime by the
    /// runtime's own name, has the entry file name of the alias that it gave, and may fork only if
    /// the principal may.
    /// - Throws: `shuttingDown`, what the admission throws, and what ``Planning/plan(_:within:)``
    ///   throws.
    func take(_ spec: inout JobSpec, from principal: Principal, as source: JobSource)
        throws(CodeBoxError) -> JobPlan
    {
        try shutdown.checkOpen()
        let permit = try gate.admit(principal, source)
        if !permit.mayFork { spec.mayFork = false }
        let plan = try planning.plan(spec, within: permit.limits)
        spec.runtime = plan.reference
        spec.entrypoint = plan.entrypoint
        return plan
    }
}
