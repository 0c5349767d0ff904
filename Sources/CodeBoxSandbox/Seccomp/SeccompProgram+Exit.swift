import CWire
import CSeccomp

extension SeccompProgram {
    /// This program with a prefix that tells its listener of a forked interpreter's own way to end
    /// (`CB_EXIT_MARK`), before the call is made. Every other call, other exits too, is answered as
    /// before.
    func tellingOfExit() -> SeccompProgram {
        typealias Instruction = BPFInstruction
        let exit = UInt32(bitPattern: seccomp_syscall_resolve_name("exit_group"))
        let prefix = [
            Instruction(code: Instruction.load, operand: Instruction.architecture),
            Instruction(code: Instruction.jumpEqual, ifFalse: 6, operand: seccomp_arch_native()),
            Instruction(code: Instruction.load, operand: Instruction.callNumber),
            Instruction(code: Instruction.jumpEqual, ifFalse: 4, operand: exit),
            Instruction(code: Instruction.load, operand: Instruction.arguments),
            Instruction(code: Instruction.and, operand: UInt32(CB_EXIT_MASK)),
            Instruction(code: Instruction.jumpEqual, ifFalse: 1, operand: UInt32(CB_EXIT_MARK)),
            Instruction(code: Instruction.answer, operand: SCMP_ACT_NOTIFY),
        ]
        return SeccompProgram(instructions: Instruction.bytes(of: prefix) + instructions)
    }
}
