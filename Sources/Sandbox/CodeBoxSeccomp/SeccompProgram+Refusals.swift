import CSeccomp
import Glibc

// Programs that leave their refusals to the listener of a filter.
extension SeccompProgram {
    /// This program, which tells the filter's listener of each call that it refuses with an error.
    /// The listener decides the errno: that of ``SeccompAnswers/errno(of:)``. A filter whose
    /// listener is closed, or has none, refuses these calls with ENOSYS.
    package func tellingRefusals() -> SeccompProgram { replacingRefusals(SCMP_ACT_NOTIFY) }

    /// This program for processes whose descendants have a program that tells of refusals.
    ///
    /// Of all filters of a process, the kernel obeys the strictest answer. An errno is stricter
    /// than what the descendant's program says, and the listener would never hear of the call. This
    /// answer (SECCOMP_RET_TRACE) is less strict. The call is not made either, and fails with
    /// ENOSYS, but a tracer or the listener of a descendant's filter could let it pass. So no
    /// process under this program may run code that is not trusted, unless a filter keeps it from
    /// `seccomp`.
    /// - Parameter strict: calls that fail with EPERM as before, whatever their arguments.
    package func leavingRefusals(except strict: [String]) -> SeccompProgram {
        typealias Instruction = BPFInstruction
        let numbers = strict.map { seccomp_syscall_resolve_name($0) }.filter { $0 >= 0 }
        // Each comparison jumps over those behind it and the jump to the program proper.
        let count = UInt8(numbers.count)
        var prefix = [
            Instruction(code: Instruction.load, operand: Instruction.architecture),
            Instruction(
                code: Instruction.jumpEqual, ifFalse: count + 3, operand: seccomp_arch_native()),
            Instruction(code: Instruction.load, operand: Instruction.callNumber),
        ]
        for (at, number) in numbers.enumerated() {
            prefix.append(
                Instruction(
                    code: Instruction.jumpEqual, ifTrue: count - UInt8(at),
                    operand: UInt32(number)))
        }
        prefix.append(Instruction(code: Instruction.jump, operand: 1))
        prefix.append(
            Instruction(code: Instruction.answer, operand: 0x0005_0000 | UInt32(EPERM)))
        let rest = replacingRefusals(Self.untraced)
        return SeccompProgram(instructions: Instruction.bytes(of: prefix) + rest.instructions)
    }

    /// SECCOMP_RET_TRACE, which as a macro with a parameter can't be imported.
    private static let untraced: UInt32 = 0x7ff0_0000

    private func replacingRefusals(_ answer: UInt32) -> SeccompProgram {
        let replaced = BPFInstruction.list(instructions).map { instruction in
            guard instruction.code == BPFInstruction.answer,
                SeccompAnswers.isRefusal(instruction.operand)
            else { return instruction }
            return BPFInstruction(code: BPFInstruction.answer, operand: answer)
        }
        return SeccompProgram(instructions: BPFInstruction.bytes(of: replaced))
    }
}
