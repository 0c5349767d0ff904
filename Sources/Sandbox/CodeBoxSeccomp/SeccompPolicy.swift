package import CodeBoxCore
import Glibc

/// Which system calls a job may make: an allow-list, kept as data.
///
/// The format, a line each; `#` begins a comment:
///
///     default EPERM                  what any call not named gets
///     newer ENOSYS                   what calls get that are too new to be named
///     group NAME: reason             the calls below are allowed
///     group NAME = ENOSYS: reason    the calls below fail so
///         read write                 names, in all circumstances
///         socket if int0 in 1,2 and int1 & 0xf == 1
///
/// `argN` is the N-th argument, all 64 bits; `intN` its lower half, for arguments that the kernel
/// takes as `int` and of which it ignores the rest. `in` is `==` with any of the values. `O_DIRECT`
/// stands for its value, which is not the same on all architectures. Several lines that allow a
/// call are alternatives. Of the lines that refuse a call, the first whose conditions hold decides,
/// and only if no line allows the call; the last may be the bare name.
/// A group `= SUCCESS` is of calls that are not made and return 0.
package struct SeccompPolicy: Hashable, Sendable {
    /// The errno of calls that no rule names.
    package var defaultErrno: CInt
    /// The errno of calls above ``newestCall``. ENOSYS lets a C library that is newer than this
    /// policy fall back; EPERM would not.
    package var newerErrno: CInt
    package var rules: [SeccompRule]

    /// The newest call that a policy can name: set_mempolicy_home_node of Linux 5.17, which the
    /// oldest supported libseccomp (2.5.4) knows. From 424 on, a call has one number on all
    /// architectures. What a policy means does therefore not depend on the installed libseccomp.
    package static let newestCall: UInt32 = 450

    /// - Parameter name: of the file, for messages.
    /// - Throws: `configurationInvalid` with file and line.
    package init(parsing bytes: [UInt8], name: String) throws(CodeBoxError) {
        var parser = SeccompPolicyParser(name: name)
        self = try parser.parse(String(decoding: bytes, as: UTF8.self))
    }

    init(defaultErrno: CInt, newerErrno: CInt, rules: [SeccompRule]) {
        self.defaultErrno = defaultErrno
        self.newerErrno = newerErrno
        self.rules = rules
    }

    /// The refusals of calls for which arguments decide, in order.
    var refusals: [String: [SeccompRule]] {
        Dictionary(grouping: rules, by: \.syscall)
            .filter { $0.value.contains { !$0.conditions.isEmpty } }
            .mapValues { $0.filter { $0.action != .allow } }
            .filter { !$0.value.isEmpty }
    }

    /// This policy with what another one allows besides. A call that the other one allows in all
    /// circumstances loses this policy's rules for it. Calls that no rule names are answered as in
    /// this policy.
    /// - Parameter additions: a policy that refuses nothing by name.
    package func merging(_ additions: SeccompPolicy) -> SeccompPolicy {
        var merged = self
        for rule in additions.rules {
            if rule.conditions.isEmpty { merged.rules.removeAll { $0.syscall == rule.syscall } }
            let isCovered = merged.rules.contains {
                $0.syscall == rule.syscall && $0.action == rule.action
                    && ($0.conditions.isEmpty || $0.conditions == rule.conditions)
            }
            if !isCovered { merged.rules.append(rule) }
        }
        return merged
    }
}
