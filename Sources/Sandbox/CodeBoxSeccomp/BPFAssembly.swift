/// A BPF program that is written from its end to its beginning. BPF jumps only forwards, so every
/// jump's target is there when the jump is written.
struct BPFAssembly {
    /// A place in the program, counted from its end.
    typealias Place = Int

    private var reversed: [BPFInstruction] = []
    /// The last place by way of which each place out of reach was reached.
    private var bridges: [Place: Place] = [:]
    /// Where each instruction stands, by what it does and where it goes on. Parts of the program
    /// that do the same are placed once.
    private var known: [Step: Place] = [:]

    private struct Step: Hashable {
        var code: UInt16
        var operand: UInt32
        /// What follows if a comparison holds, and if not.
        var next: [Aim]
    }

    /// What a place leads to, which is the same for all copies of an answer.
    enum Aim: Hashable {
        case answer(UInt32)
        case place(Place)
    }

    func aim(of place: Place) -> Aim {
        let there = reversed[place - 1]
        return switch there.code {
        case BPFInstruction.answer: .answer(there.operand)
        case BPFInstruction.jump: aim(of: place - 1 - Int(there.operand))
        default: .place(place)
        }
    }

    var program: [BPFInstruction] { reversed.reversed() }

    /// Puts an answer in front of all others, or finds it.
    mutating func place(answer: UInt32) -> Place {
        let step = Step(code: BPFInstruction.answer, operand: answer, next: [])
        if let place = known[step] { return place }
        let place = place(BPFInstruction(code: BPFInstruction.answer, operand: answer))
        known[step] = place
        return place
    }

    /// Puts an instruction in front of all others.
    mutating func place(_ instruction: BPFInstruction) -> Place {
        reversed.append(instruction)
        return reversed.count
    }

    /// Puts an instruction in front of the one that must follow it.
    mutating func place(_ instruction: BPFInstruction, before next: Place) -> Place {
        let step = Step(code: instruction.code, operand: instruction.operand, next: [aim(of: next)])
        if let place = known[step] { return place }
        if next != reversed.count { _ = placeJump(to: next) }
        let place = place(instruction)
        known[step] = place
        return place
    }

    /// Puts a comparison that goes on at one of two places, however far away they are.
    mutating func place(
        _ code: UInt16, _ operand: UInt32, ifTrue: Place, ifFalse: Place
    ) -> Place {
        let step = Step(code: code, operand: operand, next: [aim(of: ifTrue), aim(of: ifFalse)])
        if let place = known[step] { return place }
        let toTrue = placeWithinReach(ifTrue)
        let toFalse = placeWithinReach(ifFalse)
        let place = place(
            BPFInstruction(
                code: code, ifTrue: UInt8(distance(to: toTrue)),
                ifFalse: UInt8(distance(to: toFalse)), operand: operand))
        known[step] = place
        return place
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
