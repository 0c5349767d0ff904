import CSeccomp
import CodeBoxCore

/// Finds out what a compiled filter does with each call, and writes a shorter program that does the
/// same.
///
/// libseccomp tests every number that it was given a rule for. Most of them are allowed whatever
/// their arguments are, and lie next to each other. Installing a filter costs time by its length,
/// twice for every sandbox. So ranges replace single numbers, of calls and of arguments; the parts
/// that look at arguments are otherwise as libseccomp wrote them. Behind these come the refusals of
/// the same call, which libseccomp can't express: it has one answer for all calls that no rule
/// allows.
struct SeccompDispatch {
    /// What the filter does with a call once its number is known.
    enum Fate: Hashable {
        case answer(UInt32)
        /// It depends on the arguments: the place in the program that looks at them first, and
        /// the refusals that look at them if no rule allows the call.
        /// If `told`, the filter's listener is told of the call instead of allowing it at once.
        case decided(at: Int, [SeccompRule], told: Bool)
        /// No rule allows the call; it depends on the arguments how it is refused.
        case refused([SeccompRule])
    }

    private let program: [BPFInstruction]
    private let native: UInt32
    /// Refusals by the call's number, in the order in which they are tried.
    private let refusals: [UInt32: [SeccompRule]]
    /// The calls that the filter's listener is told of where rules allow them.
    private let told: Set<UInt32>
    /// The answer to calls that no rule names.
    private let unnamed: UInt32
    /// x32's calls have this bit: it is above every architecture's own numbers.
    private static let x32: UInt32 = 0x4000_0000

    init(
        _ program: [BPFInstruction], native: UInt32, refusals: [UInt32: [SeccompRule]] = [:],
        told: Set<UInt32> = [], unnamed: UInt32
    ) {
        self.program = program
        self.native = native
        self.refusals = refusals
        self.told = told
        self.unnamed = unnamed
    }

    /// - Parameter greatest: all numbers above it have one fate.
    /// - Throws: `sandboxFailed` if the program contains an unexpected instruction, which is a bug.
    func compact(greatest: UInt32) throws(CodeBoxError) -> [BPFInstruction] {
        var calls: [Fate] = []
        for number in 0...greatest + 1 {
            let fate = try fate(of: number, architecture: native)
            calls.append(
                refined(fate, by: refusals[number] ?? [], isTold: told.contains(number)))
        }
        let foreign = try fate(of: 0, architecture: ~native)
        let x32 = try fate(of: Self.x32, architecture: native)
        let last = try fate(of: .max, architecture: native)

        var assembly = BPFAssembly()
        let places = place(calls + [foreign, x32, last], in: &assembly)
        func spot(_ fate: Fate) -> BPFAssembly.Place { places[fate] ?? 0 }
        var entry = tree(ranges(calls.map(spot), in: assembly)[...], in: &assembly)
        entry = assembly.place(
            BPFInstruction.jumpAtLeast, Self.x32, ifTrue: spot(x32), ifFalse: entry)
        entry = assembly.place(
            BPFInstruction.jumpEqual, .max, ifTrue: spot(last), ifFalse: entry)
        entry = assembly.place(
            BPFInstruction(code: BPFInstruction.load, operand: BPFInstruction.callNumber))
        entry = assembly.place(
            BPFInstruction.jumpEqual, native, ifTrue: entry, ifFalse: spot(foreign))
        _ = assembly.place(
            BPFInstruction(code: BPFInstruction.load, operand: BPFInstruction.architecture))
        return assembly.program
    }

    private func refined(_ fate: Fate, by refusals: [SeccompRule], isTold: Bool) -> Fate {
        switch fate {
        case .answer(unnamed) where !refusals.isEmpty: .refused(refusals)
        case .answer(let value): .answer(answer(value, isTold: isTold))
        case .decided(let at, _, _): .decided(at: at, refusals, told: isTold)
        case .refused: fate
        }
    }

    /// What stands in place of libseccomp's answer.
    private func answer(_ value: UInt32, isTold: Bool) -> UInt32 {
        isTold && value == UInt32(SCMP_ACT_ALLOW) ? UInt32(SCMP_ACT_NOTIFY) : value
    }

    // MARK: What libseccomp decided

    /// Follows the program as far as number and architecture decide.
    private func fate(of number: UInt32, architecture: UInt32) throws(CodeBoxError) -> Fate {
        var at = 0
        var accumulator: UInt32 = 0
        // Jumps only go forwards.
        while at < program.count {
            let instruction = program[at]
            switch instruction.code {
            case BPFInstruction.load where instruction.operand == BPFInstruction.callNumber:
                accumulator = number
            case BPFInstruction.load where instruction.operand == BPFInstruction.architecture:
                accumulator = architecture
            case BPFInstruction.load where instruction.operand >= BPFInstruction.arguments:
                return .decided(at: at, [], told: false)
            case BPFInstruction.and: accumulator &= instruction.operand
            case BPFInstruction.jump: at += Int(instruction.operand)
            case BPFInstruction.answer: return .answer(instruction.operand)
            default:
                guard let holds = instruction.holds(for: accumulator) else { throw Self.unknown }
                at += Int(holds ? instruction.ifTrue : instruction.ifFalse)
            }
            at += 1
        }
        throw Self.unknown
    }

    static let unknown = CodeBoxError(
        .sandboxFailed, "seccomp: libseccomp's program has an instruction that is not known here")

    // MARK: The shorter program

    /// A place in the program, and which word of the call's data the accumulator holds there.
    private struct State: Hashable {
        var at: Int
        var loaded: UInt32?
        /// What stands in place of the answer to calls that no rule allows.
        var refusals: [SeccompRule]
        /// The listener is told of calls that are allowed.
        var isTold = false
        /// The last word that a comparison on the way found equal to a value.
        var known: Word?
    }

    private struct Word: Hashable {
        var offset: UInt32
        var value: UInt32
    }

    /// Places what fates lead to: answers, and the parts of the program that look at arguments.
    private func place(
        _ fates: [Fate], in assembly: inout BPFAssembly
    ) -> [Fate: BPFAssembly.Place] {
        var copies: [State: BPFAssembly.Place] = [:]
        var places: [Fate: BPFAssembly.Place] = [:]
        // The calls' order, so that every run writes the same program.
        for fate in fates where places[fate] == nil {
            places[fate] =
                switch fate {
                case .decided(let at, let refusals, let isTold):
                    copy(
                        State(at: at, refusals: refusals, isTold: isTold), &copies, in: &assembly)
                case .refused(let refusals): place(refusals, &copies, in: &assembly)
                case .answer(let value): assembly.place(answer: value)
                }
        }
        return places
    }

    /// Places a call's refusals once, wherever the program comes to them.
    private func place(
        _ refusals: [SeccompRule], _ copies: inout [State: BPFAssembly.Place],
        in assembly: inout BPFAssembly
    ) -> BPFAssembly.Place {
        let state = State(at: program.count, refusals: refusals)
        if let place = copies[state] { return place }
        let otherwise = assembly.place(answer: unnamed)
        let place = assembly.place(
            refusals: refusals, answers: SeccompProgram.answer, otherwise: otherwise)
        copies[state] = place
        return place
    }

    /// Copies the program from here on, without the instructions that have no effect.
    private func copy(
        _ from: State, _ copies: inout [State: BPFAssembly.Place],
        in assembly: inout BPFAssembly
    ) -> BPFAssembly.Place {
        let state = skipIdle(from)
        if let place = copies[state] { return place }
        let instruction = program[state.at]
        var next = state
        next.at += 1
        let place: BPFAssembly.Place
        switch instruction.code {
        case BPFInstruction.answer where instruction.operand == unnamed:
            place = self.place(state.refusals, &copies, in: &assembly)
        case BPFInstruction.answer:
            place = assembly.place(answer: answer(instruction.operand, isTold: state.isTold))
        case BPFInstruction.load, BPFInstruction.and:
            next.loaded = instruction.code == BPFInstruction.load ? instruction.operand : nil
            let following = copy(next, &copies, in: &assembly)
            place = assembly.place(instruction, before: following)
        case BPFInstruction.jumpEqual:
            var (values, taken, otherwise) = alternatives(from: state)
            if let offset = state.loaded, let value = values.first, values.count == 1 {
                taken.known = Word(offset: offset, value: value)
                taken = skipIdle(taken)
            }
            let ifAny = copy(taken, &copies, in: &assembly)
            let rest = copy(otherwise, &copies, in: &assembly)
            place = assembly.place(values: values, ifAny: ifAny, otherwise: rest)
        default:
            let ifTrue = copy(after(state, taken: true), &copies, in: &assembly)
            let ifFalse = copy(after(state, taken: false), &copies, in: &assembly)
            place = assembly.place(
                instruction.code, instruction.operand, ifTrue: ifTrue, ifFalse: ifFalse)
        }
        copies[state] = place
        return place
    }

    /// Where a comparison leads to.
    private func after(_ state: State, taken: Bool) -> State {
        let compared = program[state.at]
        var next = state
        next.at += 1 + Int(taken ? compared.ifTrue : compared.ifFalse)
        next = skipIdle(next)
        let isZero = !taken && compared.code == BPFInstruction.jumpGreater && compared.operand == 0
        let then = program[next.at]
        guard isZero, then.code == BPFInstruction.jumpEqual, then.operand == 0 else { return next }
        return after(next, taken: true)
    }

    /// The values that lead to one place, as libseccomp tests them one after another, and where all
    /// others lead.
    private func alternatives(
        from state: State
    ) -> (values: Set<UInt32>, taken: State, otherwise: State) {
        let taken = after(state, taken: true)
        var values: Set<UInt32> = []
        var here = state
        while program[here.at].code == BPFInstruction.jumpEqual, after(here, taken: true) == taken {
            values.insert(program[here.at].operand)
            here = after(here, taken: false)
        }
        return (values, taken, here)
    }

    /// The first instruction from here on that does something. libseccomp compares both halves of
    /// every argument under a mask, also where that mask is empty, or full.
    private func skipIdle(_ from: State) -> State {
        var state = from
        while state.at + 2 < program.count {
            let (here, then) = (program[state.at], program[state.at + 1])
            if let after = foreseen(from: state) {
                state.at = after
            } else if here.code == BPFInstruction.jump {
                state.at += 1 + Int(here.operand)
            } else if here.code == BPFInstruction.load, here.operand == state.loaded {
                state.at += 1
            } else if here.code == BPFInstruction.and, here.operand == .max {
                state.at += 1
            } else if here.code == BPFInstruction.load, then.code == BPFInstruction.and,
                then.operand == 0, let holds = program[state.at + 2].holds(for: 0),
                isReloaded(after: state.at + 2)
            {
                let compared = program[state.at + 2]
                state.at += 3 + Int(holds ? compared.ifTrue : compared.ifFalse)
            } else {
                return state
            }
        }
        return state
    }

    /// Where the comparisons of the known word lead, if what follows loads another one. libseccomp
    /// compares an argument again where one of several rules for it does not hold.
    private func foreseen(from state: State) -> Int? {
        guard let known = state.known, program[state.at].code == BPFInstruction.load,
            program[state.at].operand == known.offset
        else { return nil }
        var at = state.at + 1
        while let holds = program[at].holds(for: known.value) {
            at += 1 + Int(holds ? program[at].ifTrue : program[at].ifFalse)
        }
        let code = program[at].code
        let isDone = code == BPFInstruction.load || code == BPFInstruction.answer
        return at > state.at + 1 && isDone ? at : nil
    }

    /// Whether no instruction after a comparison uses what it compared: a load or an answer
    /// follows.
    private func isReloaded(after at: Int) -> Bool {
        let compared = program[at]
        return [compared.ifTrue, compared.ifFalse].allSatisfy { skip in
            let next = program[at + 1 + Int(skip)].code
            return next == BPFInstruction.load || next == BPFInstruction.answer
        }
    }

    /// The first number of each run of calls that one part of the program decides, and that part.
    /// The last goes on to the top.
    private func ranges(
        _ spots: [BPFAssembly.Place], in assembly: BPFAssembly
    ) -> [(first: UInt32, spot: BPFAssembly.Place)] {
        var ranges: [(first: UInt32, spot: BPFAssembly.Place)] = []
        for (number, spot) in spots.enumerated()
        where ranges.last.map({ assembly.aim(of: $0.spot) }) != assembly.aim(of: spot) {
            ranges.append((UInt32(number), spot))
        }
        return ranges
    }

    private func tree(
        _ ranges: ArraySlice<(first: UInt32, spot: BPFAssembly.Place)>,
        in assembly: inout BPFAssembly
    ) -> BPFAssembly.Place {
        guard ranges.count > 1 else { return ranges.first?.spot ?? 0 }
        let middle = ranges.startIndex + ranges.count / 2
        let above = tree(ranges[middle...], in: &assembly)
        let below = tree(ranges[..<middle], in: &assembly)
        return assembly.place(
            BPFInstruction.jumpAtLeast, ranges[middle].first, ifTrue: above, ifFalse: below)
    }
}
