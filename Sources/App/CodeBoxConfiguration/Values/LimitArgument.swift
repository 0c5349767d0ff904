package import CodeBoxCore

/// One `--limit NAME=VALUE`.
///
/// The names are the API's (`wall_ms`, `memory_bytes`, …), with or without the unit. Values may
/// have one of their own: `wall=2s`, `memory=64MiB`.
package struct LimitArgument: Sendable, Hashable {
    package var key: LimitField
    /// Milliseconds, bytes, cores or a count, as the limit's unit says.
    package var value: Double

    /// - Throws: `invalidRequest`, which lists the names or says what the value must be.
    package init(_ text: String) throws(CodeBoxError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw Self.wrong("'\(text)' is not NAME=VALUE such as wall_ms=2000 or memory=64MiB")
        }
        let name = String(parts[0])
        guard let key = Self.key(name) else {
            let names = LimitField.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.wrong("unknown limit '\(name)'; expected one of \(names)")
        }
        self.key = key
        value = try Self.value(of: key, String(parts[1]))
    }

    /// Returns the limits that these arguments ask for together; a later one wins.
    package static func request(_ arguments: [LimitArgument]) -> LimitsRequest {
        var request = LimitsRequest()
        for argument in arguments { request[argument.key] = argument.value }
        return request
    }

    /// Finds a limit by its name, or by its name without the unit.
    private static func key(_ name: String) -> LimitField? {
        if let key = LimitField(rawValue: name) { return key }
        return LimitField.allCases.first { shortName(of: $0) == name }
    }

    /// Returns `wall` for `wall_ms`, and `memory` for `memory_bytes`; nil for a name without a
    /// unit.
    private static func shortName(of key: LimitField) -> String? {
        switch key.row.unit {
        case .milliseconds where key.rawValue.hasSuffix("_ms"): String(key.rawValue.dropLast(3))
        case .bytes where key.rawValue.hasSuffix("_bytes"): String(key.rawValue.dropLast(6))
        default: nil
        }
    }

    private static func value(of key: LimitField, _ text: String) throws(CodeBoxError) -> Double {
        switch key.row.unit {
        case .milliseconds:
            // A number without a unit is milliseconds, as in the API.
            if let milliseconds = Int(text), milliseconds >= 0 { return Double(milliseconds) }
            if let span = TimeSpan(text), Double(text) == nil, span.seconds < 1e9 {
                return (span.seconds * 1000).rounded()
            }
            throw wrong("limit \(key.rawValue): '\(text)' is not a time such as 2000 (ms) or 2s")
        case .bytes:
            if let size = ByteSize(text) { return Double(size.bytes) }
            throw wrong("limit \(key.rawValue): '\(text)' is not a size such as 64MiB")
        case .cores:
            if let cores = Double(text), cores.isFinite { return cores }
            throw wrong("limit \(key.rawValue): '\(text)' is not a number of cores such as 0.5")
        case .count:
            if let count = Int(text), count >= 0, count <= Int(Int32.max) { return Double(count) }
            throw wrong("limit \(key.rawValue): '\(text)' is not a whole number")
        }
    }

    private static func wrong(_ message: String) -> CodeBoxError {
        CodeBoxError(.invalidRequest, message, field: "limits")
    }
}
