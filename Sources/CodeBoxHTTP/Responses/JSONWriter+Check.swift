extension JSONWriter {
    mutating func check(_ check: Problem.Check) {
        key("name")
        string(check.name)
        key("ready")
        bool(check.isReady)
        key("detail")
        string(check.detail)
    }
}
