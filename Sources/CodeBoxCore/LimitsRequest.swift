/// The limits a client, a runtime's manifest or the admin's configuration names; the rest is left
/// to whoever stands behind (client → runtime → ``Limits/standard``).
package struct LimitsRequest: Codable, Hashable, Sendable {
    package var wallMs: Int?
    package var cpuMs: Int?
    package var memoryBytes: Int?
    package var cpus: Double?
    package var processes: Int?
    package var workspaceBytes: Int?
    package var openFiles: Int?
    package var outputBytes: Int?

    package init(
        wallMs: Int? = nil, cpuMs: Int? = nil, memoryBytes: Int? = nil, cpus: Double? = nil,
        processes: Int? = nil, workspaceBytes: Int? = nil, openFiles: Int? = nil,
        outputBytes: Int? = nil
    ) {
        self.wallMs = wallMs
        self.cpuMs = cpuMs
        self.memoryBytes = memoryBytes
        self.cpus = cpus
        self.processes = processes
        self.workspaceBytes = workspaceBytes
        self.openFiles = openFiles
        self.outputBytes = outputBytes
    }

    package typealias CodingKeys = Limits.CodingKeys

    /// This request, with what it leaves out taken from another.
    package func completed(by other: LimitsRequest) -> LimitsRequest {
        LimitsRequest(
            wallMs: wallMs ?? other.wallMs, cpuMs: cpuMs ?? other.cpuMs,
            memoryBytes: memoryBytes ?? other.memoryBytes, cpus: cpus ?? other.cpus,
            processes: processes ?? other.processes,
            workspaceBytes: workspaceBytes ?? other.workspaceBytes,
            openFiles: openFiles ?? other.openFiles, outputBytes: outputBytes ?? other.outputBytes)
    }

    /// The given limits with every value named here put in its place; nothing is checked.
    package func applied(to base: Limits) -> Limits {
        Limits(
            wallMs: wallMs ?? base.wallMs, cpuMs: cpuMs ?? base.cpuMs,
            memoryBytes: memoryBytes ?? base.memoryBytes, cpus: cpus ?? base.cpus,
            processes: processes ?? base.processes,
            workspaceBytes: workspaceBytes ?? base.workspaceBytes,
            openFiles: openFiles ?? base.openFiles, outputBytes: outputBytes ?? base.outputBytes)
    }
}
