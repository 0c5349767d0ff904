package import CodeBoxSeccomp

/// How an administrator changes `seccomp.policy` so that it allows a call that it refuses.
package struct PolicyAdvice: Sendable {
    package struct Change: Hashable, Sendable {
        /// The line to add to a group that allows calls, above the groups that refuse some.
        package let line: String
        /// Whether ``line`` has `VALUE` in place of each value that the program passes.
        package let needsValues: Bool
        /// Where the policy refuses the call by its name alone, e.g. `seccomp.policy, line 12`: the
        /// name must go from there. Nil where it may stay.
        package let removal: String?
    }

    private let policy: SeccompPolicy

    package init(_ policy: SeccompPolicy) {
        self.policy = policy
    }

    /// - Returns: nil for a call that no policy can name.
    package func change(allowing name: String) -> Change? {
        guard SeccompPolicy.canName(name) else { return nil }
        let rules = policy.rules.filter { $0.syscall == name }
        guard rules.contains(where: { $0.action == .allow }) else {
            return Change(
                line: name, needsValues: false,
                removal: rules.first { $0.conditions.isEmpty }?.origin)
        }
        let arguments = Set(rules.flatMap(\.conditions).map(\.argument)).sorted()
        let conditions = arguments.map { "int\($0) == VALUE" }.joined(separator: " and ")
        return Change(line: "\(name) if \(conditions)", needsValues: true, removal: nil)
    }
}
