extension BPFAssembly {
    /// Puts the conditions of refusals in front of the answers that these give.
    /// - Parameters:
    ///   - refusals: of one call; the first whose conditions hold decides.
    ///   - otherwise: where the program goes on if none of them holds.
    mutating func place(
        refusals: [SeccompRule], answers: (SeccompRule.Action) -> UInt32, otherwise: Place
    ) -> Place {
        var next = otherwise
        for refusal in refusals.reversed() {
            var here = place(
                BPFInstruction(code: BPFInstruction.answer, operand: answers(refusal.action)))
            for condition in refusal.conditions.reversed() {
                here = place(condition, ifTrue: here, ifFalse: next)
            }
            next = here
        }
        return next
    }

    /// A comparison of one argument, whose halves the filter loads one at a time.
    private mutating func place(
        _ condition: SeccompRule.Condition, ifTrue: Place, ifFalse: Place
    ) -> Place {
        var here = ifTrue
        // The lower half comes first on x86-64 and arm64.
        for (half, shift) in [(UInt32(1), UInt64(32)), (0, 0)] {
            let mask = UInt32(truncatingIfNeeded: condition.mask >> shift)
            guard mask != 0 else { continue }
            here = place(
                BPFInstruction.jumpEqual, UInt32(truncatingIfNeeded: condition.value >> shift),
                ifTrue: here, ifFalse: ifFalse)
            if mask != .max {
                here = place(BPFInstruction(code: BPFInstruction.and, operand: mask), before: here)
            }
            let offset = BPFInstruction.arguments + 8 * UInt32(condition.argument) + 4 * half
            here = place(BPFInstruction(code: BPFInstruction.load, operand: offset), before: here)
        }
        return here
    }
}
