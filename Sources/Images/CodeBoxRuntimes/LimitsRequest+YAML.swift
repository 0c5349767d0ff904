import CodeBoxCore

extension LimitsRequest {
    /// Reads `limits:` of a manifest; without it, no limit is named.
    init(yaml value: YAMLValue?) throws(CodeBoxError) {
        self.init()
        guard let value else { return }
        let fields = try value.fields(LimitField.allCases.map(\.rawValue))
        for limit in LimitField.allCases {
            guard let field = fields[limit.rawValue] else { continue }
            if limit.row.isWhole {
                let number = try field.integer()
                guard number >= 0 else { throw field.failure("must not be negative") }
                self[limit] = Double(number)
            } else {
                let number = try field.number()
                guard number > 0 else { throw field.failure("must be above 0") }
                self[limit] = number
            }
        }
    }
}
