import CodeBoxWarden
import CSeccomp
import Testing

@testable import CodeBoxSeccomp

@Suite("The shortened seccomp filter")
struct SeccompDispatchTests {
    private let reference: BPFMachine
    private let compact: BPFMachine
    private let policy: SeccompPolicy
    private let refusals: [CInt: [SeccompRule]]

    init() throws {
        policy = try SeccompPolicy.standard()
        refusals = Dictionary(
            uniqueKeysWithValues: policy.refusals.map {
                (seccomp_syscall_resolve_name($0.key), $0.value)
            })
        reference = BPFMachine(
            program: BPFInstruction.list(try SeccompProgram.reference(policy).instructions))
        compact = BPFMachine(
            program: BPFInstruction.list(try SeccompProgram.compile(policy).instructions))
    }

    /// What libseccomp's program answers, but for calls that no rule allows: of these, the first
    /// refusal that holds decides.
    private func refined(
        _ answer: UInt32?, _ number: UInt32, _ architecture: UInt32, _ arguments: [UInt64]
    ) -> UInt32? {
        guard answer == SeccompProgram.answer(.fail(policy.defaultErrno)),
            architecture == seccomp_arch_native(), let rules = refusals[CInt(bitPattern: number)],
            let refusal = rules.first(where: { holds($0, arguments) })
        else { return answer }
        return SeccompProgram.answer(refusal.action)
    }

    private func holds(_ rule: SeccompRule, _ arguments: [UInt64]) -> Bool {
        rule.conditions.allSatisfy { arguments[$0.argument] & $0.mask == $0.value }
    }

    /// Every constant of the policy, its neighbours, its bits, and both halves of 64 bits.
    private var values: [UInt64] {
        var values: Set<UInt64> = [0, 1, .max, UInt64(UInt32.max), 1 << 32, 1 << 63]
        for condition in policy.rules.flatMap(\.conditions) {
            for value in [condition.value, condition.mask] {
                values.formUnion([
                    value, value &+ 1, value &- 1, value | 1 << 32, value | 1 << 63, ~value,
                ])
            }
        }
        for bit in 0..<64 { values.insert(1 << UInt64(bit)) }
        return values.sorted()
    }

    private func expectSame(_ number: UInt32, _ architecture: UInt32, _ arguments: [UInt64]) {
        let (wanted, found) = (
            refined(
                reference.answer(number: number, architecture: architecture, arguments: arguments),
                number, architecture, arguments),
            compact.answer(number: number, architecture: architecture, arguments: arguments)
        )
        // Not in #expect: of millions of comparisons, only what differs is worth a record.
        if wanted == nil || wanted != found {
            Issue.record(
                "call \(number) of \(architecture), \(arguments): \(String(describing: found))")
        }
    }

    @Test("answers every call, whatever its arguments, as libseccomp's own does")
    func answersAsReference() {
        let native = seccomp_arch_native()
        let values = values
        let conditional = Set(
            policy.rules.filter { !$0.conditions.isEmpty }
                .map { seccomp_syscall_resolve_name($0.syscall) })
        for number in UInt32(0)...1100 {
            // Where no rule looks at arguments, a few show that none is looked at.
            let tried = conditional.contains(CInt(number)) ? values : [0, 1, .max]
            for argument in 0..<6 {
                for value in tried {
                    var arguments = [UInt64](repeating: 0, count: 6)
                    arguments[argument] = value
                    expectSame(number, native, arguments)
                }
            }
        }
    }

    @Test("answers calls that look at two arguments as libseccomp's own does")
    func answersPairsAsReference() throws {
        let native = seccomp_arch_native()
        for rule in policy.rules where !rule.conditions.isEmpty {
            let number = seccomp_syscall_resolve_name(rule.syscall)
            guard number >= 0 else { continue }
            for first in rule.conditions {
                for second in values {
                    for other in 0..<6 where other != first.argument {
                        var arguments = [UInt64](repeating: .max, count: 6)
                        arguments[first.argument] = first.value
                        arguments[other] = second
                        expectSame(UInt32(number), native, arguments)
                    }
                }
            }
        }
    }

    @Test("answers other architectures and numbers out of range as libseccomp's own does")
    func answersForeignersAsReference() {
        let native = seccomp_arch_native()
        let numbers: [UInt32] = [
            0x3fff_ffff, 0x4000_0000, 0x4000_0001, 0x4000_0200, 0x7fff_ffff, 0x8000_0000, .max - 1,
            .max,
        ]
        for number in numbers { expectSame(number, native, [0, 0, 0, 0, 0, 0]) }
        for architecture in [0, native ^ 0x8000_0000, 0x4000_0003, 0x4000_0028, ~native] {
            for number in numbers + Array(0...500) {
                expectSame(number, architecture, [0, 0, 0, 0, 0, 0])
            }
        }
    }

    @Test("is less than three quarters as long")
    func isShort() {
        // With the refusals that libseccomp's lacks.
        #expect(compact.program.count < reference.program.count * 3 / 4)
    }
}
