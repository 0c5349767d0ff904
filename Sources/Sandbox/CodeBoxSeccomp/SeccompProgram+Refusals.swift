import CSeccomp

// Programs that leave their refusals to the listener of a filter.
extension SeccompProgram {
    /// This program, which tells the filter's listener of each call that it refuses with an error.
    /// The listener decides the errno: that of ``SeccompAnswers/errno(of:)``. A filter whose
    /// listener is closed, or has none, refuses these calls with ENOSYS.
    package func tellingRefusals() -> SeccompProgram { replacingRefusals(SCMP_ACT_NOTIFY) }

    /// This program for processes whose descendants have a program that tells of refusals.
    ///
    /// Of all filters of a process, the kernel obeys the strictest answer. An errno is stricter than
    /// what the descendant's program says, and the listener would never hear of the call. This
    /// answer (SECCOMP_RET_TRACE) is less strict. The kernel makes no such call either, unless a
    /// tracer lets it pass, and no process under the filter can become a tracer: `ptrace` is
    /// refused alike. The call fails with ENOSYS.
    package func leavingRefusals() -> SeccompProgram { replacingRefusals(Self.untraced) }

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
