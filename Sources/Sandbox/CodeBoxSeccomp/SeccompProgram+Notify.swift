import CSeccomp

extension SeccompProgram {
    /// This program with a prefix that tells the filter's listener of one call before it is made.
    /// Every other call is answered as before.
    /// - Parameters:
    ///   - call: the system call's name.
    ///   - mask: the bits of the call's first argument that count.
    ///   - value: what these bits must be.
    package func notifying(of call: String, mask: UInt32, value: UInt32) -> SeccompProgram {
        typealias Instruction = BPFInstruction
        let number = UInt32(bitPattern: seccomp_syscall_resolve_name(call))
        let prefix = [
            Instruction(code: Instruction.load, operand: Instruction.architecture),
            Instruction(code: Instruction.jumpEqual, ifFalse: 6, operand: seccomp_arch_native()),
            Instruction(code: Instruction.load, operand: Instruction.callNumber),
            Instruction(code: Instruction.jumpEqual, ifFalse: 4, operand: number),
            Instruction(code: Instruction.load, operand: Instruction.arguments),
            Instruction(code: Instruction.and, operand: mask),
            Instruction(code: Instruction.jumpEqual, ifFalse: 1, operand: value),
            Instruction(code: Instruction.answer, operand: SCMP_ACT_NOTIFY),
        ]
        return SeccompProgram(instructions: Instruction.bytes(of: prefix) + instructions)
    }
}
