package import CodeBoxCore
import Glibc

/// Which system calls a job may make: an allow-list, kept as data.
///
/// The format, a line each; `#` begins a comment:
///
///     default EPERM                  what any call not named gets
///     newer ENOSYS                   what calls newer than libseccomp knows get
///     group NAME: reason             the calls below are allowed
///     group NAME = ENOSYS: reason    the calls below fail so
///         read write                 names, in all circumstances
///         socket if int0 in 1,2 and int1 & 0xf == 1
///
/// `argN` is the N-th argument, all 64 bits; `intN` its lower half, for arguments that the kernel
/// takes as `int` and of which it ignores the rest. `in` is `==` with any of the values. Several
/// lines for one call are alternatives.
package struct SeccompPolicy: Hashable, Sendable {
    /// The errno of calls that no rule names.
    package var defaultErrno: CInt
    /// The errno of calls that are newer than libseccomp. ENOSYS lets a C library that is newer
    /// than this policy fall back; EPERM would not.
    package var newerErrno: CInt
    package var rules: [SeccompRule]

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

    /// This policy with the rules of another one. A rule is added to this policy's rules for its
    /// call; it replaces them if it has another action, or no conditions. Calls that no rule names
    /// are answered as in this policy.
    package func merging(_ additions: SeccompPolicy) -> SeccompPolicy {
        var merged = self
        for rule in additions.rules {
            merged.rules.removeAll {
                $0.syscall == rule.syscall && ($0.action != rule.action || rule.conditions.isEmpty)
            }
            let isCovered = merged.rules.contains {
                $0.syscall == rule.syscall
                    && ($0.conditions.isEmpty || $0.conditions == rule.conditions)
            }
            if !isCovered { merged.rules.append(rule) }
        }
        return merged
    }
}
