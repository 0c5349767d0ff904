import CSeccomp
import CodeBoxSeccomp
import Foundation
import Testing

@testable import CodeBoxWarden

@Suite("What runtime test --explain tells an administrator to change")
struct PolicyAdviceTests {
    private let advice: PolicyAdvice

    init() throws { advice = PolicyAdvice(try .standard()) }

    /// The policy with a change made as the advice says, its values put in.
    private func answers(
        after change: PolicyAdvice.Change, _ values: [String] = []
    ) throws -> SeccompAnswers {
        var lines = String(decoding: PackageResources.seccomp_policy, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var line = change.line
        for value in values {
            let place = try #require(line.range(of: "VALUE"))
            line.replaceSubrange(place, with: value)
        }
        #expect(!line.contains("VALUE"))
        if let removal = change.removal {
            let number = try #require(Int(removal.split(separator: " ").last ?? ""))
            let words = lines[number - 1].prefix { $0 != "#" }.split(separator: " ")
            #expect(words.contains { $0 == change.line })
            lines[number - 1] = words.filter { $0 != change.line }.joined(separator: " ")
        }
        let group = try #require(lines.firstIndex { $0.hasPrefix("group programs:") })
        lines.insert(line, at: group + 1)
        let policy = try SeccompPolicy(
            parsing: Array(lines.joined(separator: "\n").utf8), name: "changed.policy")
        return SeccompAnswers(try SeccompProgram.compile(policy))
    }

    private func answer(
        _ answers: SeccompAnswers, _ name: String, _ arguments: [UInt64]
    ) -> UInt32? {
        answers.answer(
            to: SeccompAnswers.Call(
                number: UInt32(bitPattern: seccomp_syscall_resolve_name(name)),
                architecture: seccomp_arch_native(),
                arguments: arguments + [UInt64](repeating: 0, count: 6 - arguments.count)))
    }

    @Test(
        "the change that is advised allows the call",
        arguments: ["unshare", "ptrace", "mq_open", "keyctl", "inotify_init1", "setxattr"])
    func allows(_ name: String) throws {
        let change = try #require(advice.change(allowing: name))
        #expect(change.line == name && !change.needsValues)
        let before = SeccompAnswers(try SeccompProgram.standard())
        #expect(answer(before, name, []) != UInt32(SCMP_ACT_ALLOW))
        #expect(answer(try answers(after: change), name, []) == UInt32(SCMP_ACT_ALLOW))
    }

    @Test("where arguments decide, the line has the place of each, and the rest stays refused")
    func arguments() throws {
        let change = try #require(advice.change(allowing: "socket"))
        #expect(change.line == "socket if int0 == VALUE and int1 == VALUE and int2 == VALUE")
        #expect(change.needsValues && change.removal == nil)
        let changed = try answers(after: change, ["16", "3", "0"])
        #expect(answer(changed, "socket", [16, 3, 0]) == UInt32(SCMP_ACT_ALLOW))
        #expect(answer(changed, "socket", [16, 3, 1]) != UInt32(SCMP_ACT_ALLOW))
    }

    @Test("of a call that no policy can name it says so", arguments: ["unknown", "470", "no_call"])
    func unnamed(_ name: String) {
        #expect(advice.change(allowing: name) == nil)
    }
}
