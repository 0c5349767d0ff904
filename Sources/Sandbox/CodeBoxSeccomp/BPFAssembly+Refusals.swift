extension BPFAssembly {
    /// Puts the conditions of refusals in front of the answers that these give.
    /// - Parameters:
    ///   - refusals: of one call; the first whose conditions hold decides.
    ///   - otherwise: where the program goes on if none of them holds.
    mutating func place(
        refusals: [SeccompRule], answers: (SeccompRule.Action) -> UInt32, otherwise: Place
    ) -> Place {
        var next = otherwise
        for group in Self.groups(refusals).reversed() {
            let after = next
            for line in group.lines.reversed() {
                var here = place(answer: answers(line[0].action))
                for (at, condition) in line[0].conditions.enumerated().dropFirst().reversed() {
                    let values = Set(line.map { $0.conditions[at].value })
                    here = place(condition, in: values, ifTrue: here, ifFalse: next)
                }
                next = here
            }
            guard let first = group.first else { continue }
            next = place(first.condition, in: first.values, ifTrue: next, ifFalse: after)
        }
        return next
    }

    /// Lines whose first conditions are the same, of which one test is enough.
    private struct Group {
        var first: (condition: SeccompRule.Condition, values: Set<UInt64>)?
        var lines: [[SeccompRule]]
    }

    private static func groups(_ refusals: [SeccompRule]) -> [Group] {
        lines(refusals).reduce(into: []) { groups, line in
            let first = line[0].conditions.first.map {
                (condition: $0, values: Set(line.map { $0.conditions[0].value }))
            }
            if let first, let before = groups.last?.first, before.values == first.values,
                before.condition.argument == first.condition.argument,
                before.condition.mask == first.condition.mask
            {
                groups[groups.count - 1].lines.append(line)
            } else {
                groups.append(Group(first: first, lines: [line]))
            }
        }
    }

    /// The rules of each line of the policy. `in` made a rule of each value, and of each pair of
    /// values where a line says it twice: one test for each argument does for all of them.
    private static func lines(_ refusals: [SeccompRule]) -> [[SeccompRule]] {
        refusals.reduce(into: []) { lines, rule in
            if let first = lines.last?[0], first.origin == rule.origin, isAlike(first, rule) {
                lines[lines.count - 1].append(rule)
            } else {
                lines.append([rule])
            }
        }
    }

    /// Whether the values differ only in their lower halves, so that one half tells them apart.
    private static func isAlike(_ one: SeccompRule, _ other: SeccompRule) -> Bool {
        zip(one.conditions, other.conditions).allSatisfy { $0.value >> 32 == $1.value >> 32 }
    }

    /// A comparison of one argument, whose halves the filter loads one at a time.
    private mutating func place(
        _ condition: SeccompRule.Condition, in values: Set<UInt64>, ifTrue: Place, ifFalse: Place
    ) -> Place {
        var here = ifTrue
        // The lower half comes first on x86-64 and arm64.
        for (half, shift) in [(UInt32(1), UInt64(32)), (0, 0)] {
            let mask = UInt32(truncatingIfNeeded: condition.mask >> shift)
            guard mask != 0 else { continue }
            here = place(
                values: Set(values.map { UInt32(truncatingIfNeeded: $0 >> shift) }),
                ifAny: here, otherwise: ifFalse)
            if mask != .max {
                here = place(BPFInstruction(code: BPFInstruction.and, operand: mask), before: here)
            }
            let offset = BPFInstruction.arguments + 8 * UInt32(condition.argument) + 4 * half
            here = place(BPFInstruction(code: BPFInstruction.load, operand: offset), before: here)
        }
        return here
    }
}
