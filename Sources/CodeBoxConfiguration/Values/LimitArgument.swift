package import CodeBoxCore

/// One `--limit NAME=VALUE`.
///
/// The names are the API's (`wall_ms`, `memory_bytes`, …); `wall`, `cpu`, `memory`, `workspace` and
/// `output` are short for them and take units (`wall=2s`, `memory=64MiB`), as the long names do.
package struct LimitArgument: Sendable, Hashable {
    package var key: Limits.CodingKeys
    /// Milliseconds, bytes, cores or a count, as the key says.
    package var value: Double

    /// - Throws: `invalidRequest`, saying which names there are or what the value must be.
    package init(_ text: String) throws(CodeBoxError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw Self.wrong("'\(text)' is not NAME=VALUE, such as wall_ms=2000 or memory=64MiB")
        }
        let name = String(parts[0])
        guard let key = Self.key(name) else {
            let names = Limits.CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.wrong("there is no limit '\(name)'; the limits are \(names)")
        }
        self.key = key
        value = try Self.value(of: key, String(parts[1]))
    }

    /// The request that these arguments make together; a later one overrides an earlier one.
    package static func request(_ arguments: [LimitArgument]) -> LimitsRequest {
        var request = LimitsRequest()
        for argument in arguments {
            let whole = Int(argument.value)
            switch argument.key {
            case .wallMs: request.wallMs = whole
            case .cpuMs: request.cpuMs = whole
            case .memoryBytes: request.memoryBytes = whole
            case .cpus: request.cpus = argument.value
            case .processes: request.processes = whole
            case .workspaceBytes: request.workspaceBytes = whole
            case .openFiles: request.openFiles = whole
            case .outputBytes: request.outputBytes = whole
            }
        }
        return request
    }

    private static func key(_ name: String) -> Limits.CodingKeys? {
        switch name {
        case "wall": .wallMs
        case "cpu": .cpuMs
        case "memory": .memoryBytes
        case "workspace": .workspaceBytes
        case "output": .outputBytes
        default: Limits.CodingKeys(rawValue: name)
        }
    }

    private static func value(of key: Limits.CodingKeys, _ text: String) throws(CodeBoxError)
        -> Double
    {
        switch key {
        case .wallMs, .cpuMs:
            // A bare number is milliseconds, as the API's field is.
            if let milliseconds = Int(text), milliseconds >= 0 { return Double(milliseconds) }
            if let span = TimeSpan(text), Double(text) == nil, span.seconds < 1e9 {
                return (span.seconds * 1000).rounded()
            }
            throw wrong("limit \(key.rawValue): '\(text)' is not a time such as 2000 (ms) or 2s")
        case .memoryBytes, .workspaceBytes, .outputBytes:
            if let size = ByteSize(text) { return Double(size.bytes) }
            throw wrong("limit \(key.rawValue): '\(text)' is not a size such as 64MiB")
        case .cpus:
            if let cores = Double(text), cores.isFinite { return cores }
            throw wrong("limit \(key.rawValue): '\(text)' is not a number of cores such as 0.5")
        case .processes, .openFiles:
            if let count = Int(text), count >= 0, count <= Int(Int32.max) { return Double(count) }
            throw wrong("limit \(key.rawValue): '\(text)' is not a whole number")
        }
    }

    private static func wrong(_ message: String) -> CodeBoxError {
        CodeBoxError(.invalidRequest, message, field: "limits")
    }
}
