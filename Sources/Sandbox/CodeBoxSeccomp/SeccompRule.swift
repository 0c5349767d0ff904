/// What the filter answers to one system call, given conditions on its arguments.
package struct SeccompRule: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case allow
        /// The call isn't made and fails with this errno.
        case fail(CInt)
    }

    package enum Comparison: String, Hashable, Sendable, CaseIterable {
        case equal = "=="
        case notEqual = "!="
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case greater = ">"
    }

    package struct Condition: Hashable, Sendable {
        /// 0…5.
        package var argument: Int
        /// Bits of the argument that count: all of them, unless the comparison is
        /// ``Comparison/equal``.
        package var mask: UInt64
        package var comparison: Comparison
        package var value: UInt64

        package init(
            argument: Int, mask: UInt64 = .max, comparison: Comparison, value: UInt64
        ) {
            self.argument = argument
            self.mask = mask
            self.comparison = comparison
            self.value = value
        }
    }

    package var syscall: String
    /// All of them must hold. If there are none, the rule always holds.
    package var conditions: [Condition]
    package var action: Action
    /// Where the rule was read, e.g. `seccomp.policy, line 12`.
    package var origin: String

    package init(syscall: String, conditions: [Condition], action: Action, origin: String) {
        self.syscall = syscall
        self.conditions = conditions
        self.action = action
        self.origin = origin
    }
}
