/// Turns what a job asks for into what it gets: within floor and ceiling, or refused by name.
package struct LimitsPolicy: Sendable {
    package var ceiling: Limits
    package var floor: Limits

    package init(ceiling: Limits = .standardCeiling, floor: Limits = .floor) {
        self.ceiling = ceiling
        self.floor = floor
    }

    /// The effective limits.
    ///
    /// What the client names must lie between floor and ceiling. Defaults above the ceiling are
    /// lowered to it silently, since the client did not ask for them; so is a CPU time that was
    /// left out, which follows the wall time when that is longer.
    /// - Throws: ``CodeBoxError`` with code `limitOutOfRange` and the field `limits.<name>`.
    package func resolve(request: LimitsRequest, runtimeDefaults: LimitsRequest)
        throws(CodeBoxError)
        -> Limits
    {
        try check(request.wallMs, \.wallMs, .wallMs)
        try check(request.cpuMs, \.cpuMs, .cpuMs)
        try check(request.memoryBytes, \.memoryBytes, .memoryBytes)
        try check(request.cpus, \.cpus, .cpus)
        try check(request.processes, \.processes, .processes)
        try check(request.workspaceBytes, \.workspaceBytes, .workspaceBytes)
        try check(request.openFiles, \.openFiles, .openFiles)
        try check(request.outputBytes, \.outputBytes, .outputBytes)
        let defaults = runtimeDefaults.applied(to: .standard)
        var limits = request.applied(to: lowered(defaults))
        if request.cpuMs == nil, let wall = request.wallMs, wall > limits.cpuMs {
            limits.cpuMs = min(wall, ceiling.cpuMs)
        }
        return limits
    }

    private func check<Value: LimitValue>(
        _ value: Value?, _ path: KeyPath<Limits, Value>, _ key: Limits.CodingKeys
    ) throws(CodeBoxError) {
        guard let value else { return }
        let (least, most) = (floor[keyPath: path], ceiling[keyPath: path])
        guard value > most || value < least || value != value else { return }
        let bound = value < least ? "the minimum is \(least)" : "the maximum is \(most)"
        throw CodeBoxError(
            .limitOutOfRange, "limits.\(key.rawValue) is \(value); \(bound)",
            field: "limits.\(key.rawValue)",
            allowed: least.asDouble...max(least, most).asDouble)
    }

    private func lowered(_ limits: Limits) -> Limits {
        Limits(
            wallMs: min(limits.wallMs, ceiling.wallMs), cpuMs: min(limits.cpuMs, ceiling.cpuMs),
            memoryBytes: min(limits.memoryBytes, ceiling.memoryBytes),
            cpus: min(limits.cpus, ceiling.cpus),
            processes: min(limits.processes, ceiling.processes),
            workspaceBytes: min(limits.workspaceBytes, ceiling.workspaceBytes),
            openFiles: min(limits.openFiles, ceiling.openFiles),
            outputBytes: min(limits.outputBytes, ceiling.outputBytes))
    }
}

/// What a limit is measured in; lets one check serve both kinds.
private protocol LimitValue: Comparable, Sendable {
    var asDouble: Double { get }
}

extension Int: LimitValue {
    fileprivate var asDouble: Double { Double(self) }
}

extension Double: LimitValue {
    fileprivate var asDouble: Double { self }
}
