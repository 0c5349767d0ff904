/// A BPF program that is written from its end to its beginning. BPF jumps only forwards, so every
/// jump's target is there when the jump is written.
struct BPFAssembly {
    /// A place in the program, counted from its end.
    typealias Place = Int

    private var reversed: [BPFInstruction] = []
    /// The last place by way of which each place out of reach was reached.
    private var bridges: [Place: Place] = [:]

    var program: [BPFInstruction] { reversed.reversed() }

    /// Puts an instruction in front of all others.
    mutating func place(_ instruction: BPFInstruction) -> Place {
        reversed.append(instruction)
        return reversed.count
    }

    /// Puts an instruction in front of the one that must follow it.
    mutating func place(_ instruction: BPFInstruction, before next: Place) -> Place {
        if next != reversed.count { _ = placeJump(to: next) }
        return place(instruction)
    }

    /// Puts a comparison that goes on at one of two places, however far away they are.
    mutating func place(
        _ code: UInt16, _ operand: UInt32, ifTrue: Place, ifFalse: Place
    ) -> Place {
        let toTrue = placeWithinReach(ifTrue)
        let toFalse = placeWithinReach(ifFalse)
        return place(
            BPFInstruction(
                code: code, ifTrue: UInt8(distance(to: toTrue)),
                ifFalse: UInt8(distance(to: toFalse)), operand: operand))
    }

    private mutating func placeWithinReach(_ target: Place) -> Place {
        // A comparison can skip 255 instructions. What is farther is reached by way of a jump, and
        // the second jump may push the first one's target out of reach no more: both are right
        // here.
        let near = 250
        if distance(to: target) <= near { return target }
        if let bridge = bridges[target], distance(to: bridge) <= near { return bridge }
        let there = reversed[target - 1]
        let bridge =
            there.code == BPFInstruction.answer ? place(there) : placeJump(to: target)
        bridges[target] = bridge
        return bridge
    }

    private mutating func placeJump(to target: Place) -> Place {
        place(BPFInstruction(code: BPFInstruction.jump, operand: UInt32(distance(to: target))))
    }

    /// Instructions between the next one to be placed and a place.
    private func distance(to target: Place) -> Int { reversed.count - target }
}
