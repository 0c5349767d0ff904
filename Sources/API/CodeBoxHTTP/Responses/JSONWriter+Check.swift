package import CodeBoxJSON

extension JSONWriter {
    /// Writes the fields of one readiness check.
    package mutating func check(_ check: Problem.Check) {
        field("name", check.name)
        field("ready", check.isReady)
        field("detail", check.detail)
    }
}
