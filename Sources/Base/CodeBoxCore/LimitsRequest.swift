/// The limits that a client or a runtime's manifest names. A limit that the client leaves out is
/// the runtime's, and one that the runtime leaves out is that of ``Limits/standard``.
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

    package typealias CodingKeys = LimitField

    /// Returns this request, with the limits that it leaves out taken from another one.
    package func completed(by other: LimitsRequest) -> LimitsRequest {
        var whole = self
        for field in LimitField.allCases {
            switch field.row.place {
            case .whole(_, let path):
                if whole[keyPath: path] == nil { whole[keyPath: path] = other[keyPath: path] }
            case .decimal(_, let path):
                if whole[keyPath: path] == nil { whole[keyPath: path] = other[keyPath: path] }
            }
        }
        return whole
    }

    /// Returns limits with the values that this request names; nothing is checked.
    package func applied(to base: Limits) -> Limits {
        var limits = base
        for field in LimitField.allCases {
            switch field.row.place {
            case .whole(let target, let path):
                if let value = self[keyPath: path] { limits[keyPath: target] = value }
            case .decimal(let target, let path):
                if let value = self[keyPath: path] { limits[keyPath: target] = value }
            }
        }
        return limits
    }
}
