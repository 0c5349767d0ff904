import Glibc

/// What a program answers to system calls, found by running it as the kernel does.
package struct SeccompAnswers: Sendable {
    /// A system call as a filter sees it (`struct seccomp_data`), without the address.
    package struct Call: Hashable, Sendable {
        package var number: UInt32
        package var architecture: UInt32
        /// Six of them.
        package var arguments: [UInt64]

        package init(number: UInt32, architecture: UInt32, arguments: [UInt64]) {
            self.number = number
            self.architecture = architecture
            self.arguments = arguments
        }
    }

    private let program: [BPFInstruction]

    package init(_ program: SeccompProgram) {
        self.program = BPFInstruction.list(program.instructions)
    }

    /// The errno that the program refuses a call with; nil if it allows the call, answers without
    /// an error, or kills the process.
    package func errno(of call: Call) -> CInt? {
        guard let answer = answer(to: call), Self.isRefusal(answer) else { return nil }
        return CInt(answer & 0xffff)
    }

    /// The 32 bits that the kernel would get (`SECCOMP_RET_…` and data); nil for a program that the
    /// kernel would not have installed. Jumps only go forwards, so the program ends.
    package func answer(to call: Call) -> UInt32? {
        // The address of the instruction is left 0: no policy looks at it.
        var data = [call.number, call.architecture, 0, 0]
        for argument in call.arguments {
            data += [UInt32(truncatingIfNeeded: argument), UInt32(argument >> 32)]
        }
        var at = 0
        var accumulator: UInt32 = 0
        while at < program.count {
            let instruction = program[at]
            switch instruction.code {
            case BPFInstruction.load:
                guard Int(instruction.operand) / 4 < data.count else { return nil }
                accumulator = data[Int(instruction.operand) / 4]
            case BPFInstruction.and: accumulator &= instruction.operand
            case BPFInstruction.jump: at += Int(instruction.operand)
            case BPFInstruction.answer: return instruction.operand
            default:
                guard let holds = instruction.holds(for: accumulator) else { return nil }
                at += Int(holds ? instruction.ifTrue : instruction.ifFalse)
            }
            at += 1
        }
        return nil
    }

    /// SECCOMP_RET_ERRNO with an errno.
    static func isRefusal(_ answer: UInt32) -> Bool {
        answer & 0xffff_0000 == 0x0005_0000 && answer & 0xffff != 0
    }
}
