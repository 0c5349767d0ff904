import CodeBoxCore

/// The known keys of one YAML mapping.
struct YAMLFields {
    let owner: YAMLValue
    let values: [String: YAMLValue]

    subscript(key: String) -> YAMLValue? { values[key] }

    func required(_ key: String) throws(CodeBoxError) -> YAMLValue {
        guard let value = values[key] else { throw owner.failure("the key '\(key)' is missing") }
        return value
    }

    func string(_ key: String) throws(CodeBoxError) -> String? { try values[key]?.string() }
    func integer(_ key: String) throws(CodeBoxError) -> Int? { try values[key]?.integer() }
    func boolean(_ key: String) throws(CodeBoxError) -> Bool? { try values[key]?.boolean() }

    /// Empty when the key is absent.
    func strings(_ key: String) throws(CodeBoxError) -> [String] {
        try values[key]?.strings() ?? []
    }

    /// Empty when the key is absent.
    func stringMap(_ key: String) throws(CodeBoxError) -> [String: String] {
        try values[key]?.stringMap() ?? [:]
    }

    /// Empty when the key is absent.
    func list(_ key: String) throws(CodeBoxError) -> [YAMLValue] {
        try values[key]?.list() ?? []
    }
}
