import CodeBoxCore

extension LimitsRequest {
    /// Reads `limits:`; if it is absent, no limit is named.
    init(yaml value: YAMLValue?) throws(CodeBoxError) {
        self.init()
        guard let value else { return }
        let fields = try value.fields(Limits.CodingKeys.allCases.map(\.rawValue))
        func positive(_ key: Limits.CodingKeys) throws(CodeBoxError) -> Int? {
            guard let field = fields[key.rawValue] else { return nil }
            let number = try field.integer()
            guard number >= 0 else { throw field.failure("must not be negative") }
            return number
        }
        wallMs = try positive(.wallMs)
        cpuMs = try positive(.cpuMs)
        memoryBytes = try positive(.memoryBytes)
        processes = try positive(.processes)
        workspaceBytes = try positive(.workspaceBytes)
        openFiles = try positive(.openFiles)
        outputBytes = try positive(.outputBytes)
        if let field = fields[Limits.CodingKeys.cpus.rawValue] {
            let number = try field.number()
            guard number > 0 else { throw field.failure("must be above 0") }
            cpus = number
        }
    }
}
