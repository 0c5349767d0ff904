/// A variable with any value (`NAME`), or with one (`NAME=value`).
package struct VariableSetting: Hashable, Sendable {
    package let name: String
    /// Nil stands for any.
    package let value: String?

    /// Nil for an empty name, and for one with NUL, white space or `*`; also for a value with NUL.
    package init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        name = parts.first.map(String.init) ?? ""
        value = parts.count > 1 ? String(parts[1]) : nil
        let isSound = name.utf8.allSatisfy {
            $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "*")
        }
        guard isSound, !name.isEmpty, value?.utf8.contains(0) != true else { return nil }
    }

    package func matches(_ name: String, _ value: String) -> Bool {
        name == self.name && (self.value ?? value) == value
    }

    /// As in an environment; nil if it stands for any value.
    package var variable: String? { value.map { "\(name)=\($0)" } }
}
