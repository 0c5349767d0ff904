@testable import CodeBoxSeccomp

/// Runs a seccomp program as the kernel would.
struct BPFMachine {
    let program: [BPFInstruction]

    /// - Returns: the program's answer; nil if it has none (runs over its end, or an instruction
    ///   that seccomp does not know).
    func answer(number: UInt32, architecture: UInt32, arguments: [UInt64]) -> UInt32? {
        var data = [number, architecture, 0, 0]
        for argument in arguments {
            data += [UInt32(truncatingIfNeeded: argument), UInt32(argument >> 32)]
        }
        var at = 0
        var accumulator: UInt32 = 0
        while at < program.count {
            let instruction = program[at]
            switch instruction.code {
            case BPFInstruction.load: accumulator = data[Int(instruction.operand) / 4]
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
}
