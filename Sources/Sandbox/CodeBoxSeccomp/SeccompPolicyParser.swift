import CodeBoxCore
import Glibc

/// Reads the format that ``SeccompPolicy`` describes.
struct SeccompPolicyParser {
    let name: String
    private var line = 0
    private var action: SeccompRule.Action?
    private var policy = SeccompPolicy(defaultErrno: EPERM, newerErrno: ENOSYS, rules: [])
    /// Calls already named without conditions: nothing can be said of them any more.
    private var unconditional: Set<String> = []

    init(name: String) { self.name = name }

    mutating func parse(_ text: String) throws(CodeBoxError) -> SeccompPolicy {
        for content in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            let words = content.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            switch words.first {
            case nil: continue
            case "default": policy.defaultErrno = try onlyErrno(words)
            case "newer": policy.newerErrno = try onlyErrno(words)
            case "group": action = try group(content.prefix { $0 != "#" })
            default: try entry(words)
            }
        }
        return policy
    }

    private func failure(_ what: String) -> CodeBoxError {
        CodeBoxError(.configurationInvalid, "\(origin): \(what)")
    }

    private var origin: String { "\(name), line \(line)" }

    private func onlyErrno(_ words: [Substring]) throws(CodeBoxError) -> CInt {
        guard words.count == 2 else { throw failure("\(words[0]) is followed by one errno's name") }
        return try errnoNamed(words[1])
    }

    private func errnoNamed(_ name: Substring) throws(CodeBoxError) -> CInt {
        let known = SeccompPolicy.errnos
        guard let code = known[name] else {
            throw failure(
                "\(name) is not one of \(known.keys.sorted().joined(separator: ", "))")
        }
        return code
    }

    private func group(_ content: Substring) throws(CodeBoxError) -> SeccompRule.Action {
        let usage = "a group is written `group NAME: reason` or `group NAME = ERRNO: reason`"
        guard let colon = content.firstIndex(of: ":"),
            content[content.index(after: colon)...].contains(where: { !$0.isWhitespace })
        else { throw failure(usage + "; the reason must be there") }
        let head = content[..<colon].split(whereSeparator: \.isWhitespace)
        switch head.count {
        case 2: return .allow
        case 4 where head[2] == "=": return .fail(try errnoNamed(head[3]))
        default: throw failure(usage)
        }
    }

    private mutating func entry(_ words: [Substring]) throws(CodeBoxError) {
        guard let action else { throw failure("\(words[0]) stands before the first group") }
        guard words.count > 1, words[1] == "if" else {
            for word in words { try add(String(word), [], action) }
            return
        }
        for conditions in try alternatives(words.dropFirst(2)) {
            try add(String(words[0]), conditions, action)
        }
    }

    private mutating func add(
        _ syscall: String, _ conditions: [SeccompRule.Condition], _ action: SeccompRule.Action
    ) throws(CodeBoxError) {
        let isName = syscall.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        guard isName else { throw failure("\(syscall) is no system call's name") }
        if unconditional.contains(syscall) { throw failure("\(syscall) is named before") }
        if action == .allow, conditions.isEmpty,
            policy.rules.contains(where: { $0.syscall == syscall })
        {
            throw failure("\(syscall) is named before, with conditions")
        }
        if action != .allow, conditions.contains(where: { $0.comparison != .equal }) {
            throw failure("a refusal's condition is written with == or in")
        }
        if conditions.isEmpty { unconditional.insert(syscall) }
        policy.rules.append(
            SeccompRule(syscall: syscall, conditions: conditions, action: action, origin: origin))
    }

    /// Every combination of the values that `in` lists.
    private func alternatives(
        _ words: ArraySlice<Substring>
    ) throws(CodeBoxError) -> [[SeccompRule.Condition]] {
        var results: [[SeccompRule.Condition]] = [[]]
        var arguments: Set<Int> = []
        for clause in words.split(separator: "and", omittingEmptySubsequences: false) {
            let choices = try condition(Array(clause))
            guard arguments.insert(choices[0].argument).inserted else {
                throw failure("argument \(choices[0].argument) may be compared once only")
            }
            results = results.flatMap { before in choices.map { before + [$0] } }
        }
        return results
    }

    /// `argN OP V`, `argN in V,V`, `argN & MASK == V`, `argN & MASK in V,V`; the same with `intN`.
    private func condition(_ words: [Substring]) throws(CodeBoxError) -> [SeccompRule.Condition] {
        let usage = "a condition is written `arg0 == 1`, `int0 in 1,2` or `int0 & 0xf == 1`"
        guard words.count == 3 || (words.count == 5 && words[1] == "&"), words[0].count == 4,
            let argument = words[0].last?.wholeNumberValue, argument < 6
        else { throw failure(usage) }
        var mask: UInt64
        switch words[0].prefix(3) {
        case "arg": mask = .max
        case "int": mask = 0xffff_ffff
        default: throw failure(usage)
        }
        if words.count == 5 { mask &= try number(words[2]) }
        let sign = words[words.count - 2]
        let list = sign == "in"
        guard let comparison = list ? .equal : SeccompRule.Comparison(rawValue: String(sign)) else {
            throw failure("\(sign) is no comparison; \(usage)")
        }
        guard comparison == .equal || mask == .max else {
            throw failure("int and & go with == and in only")
        }
        let values = words[words.count - 1].split(separator: ",", omittingEmptySubsequences: false)
        guard list || values.count == 1 else { throw failure("several values go with in only") }
        var conditions: [SeccompRule.Condition] = []
        for text in values {
            let value = try number(text)
            guard value & ~mask == 0 else { throw failure("\(text) can never be equal") }
            conditions.append(
                .init(argument: argument, mask: mask, comparison: comparison, value: value))
        }
        return conditions
    }

    /// Values that have a name in a policy, because architectures differ in them.
    private static let named: [Substring: UInt64] = {
        #if arch(arm64)
            ["O_DIRECT": 0x1_0000]
        #else
            ["O_DIRECT": 0x4000]
        #endif
    }()

    private func number(_ text: Substring) throws(CodeBoxError) -> UInt64 {
        if let value = Self.named[text] { return value }
        let value =
            text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text, radix: 10)
        guard let value else { throw failure("\(text) is no number") }
        return value
    }
}
