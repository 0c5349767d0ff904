extension BPFAssembly {
    /// Puts one test in front for each run of neighbouring values, not one for each value.
    mutating func place(
        values: Set<UInt32>, ifAny: Place, otherwise: Place
    ) -> Place {
        var next = otherwise
        for run in Self.runs(values).reversed() {
            if run.count == 1 {
                next = place(
                    BPFInstruction.jumpEqual, run.lowerBound, ifTrue: ifAny, ifFalse: next)
            } else {
                // What is below this run is below those that follow, too.
                let within = place(
                    BPFInstruction.jumpGreater, run.upperBound, ifTrue: next, ifFalse: ifAny)
                next =
                    run.lowerBound == 0
                    ? within
                    : place(
                        BPFInstruction.jumpAtLeast, run.lowerBound, ifTrue: within,
                        ifFalse: otherwise)
            }
        }
        return next
    }

    private static func runs(_ values: Set<UInt32>) -> [ClosedRange<UInt32>] {
        var runs: [ClosedRange<UInt32>] = []
        for value in values.sorted() {
            if let last = runs.last, last.upperBound + 1 == value {
                runs[runs.count - 1] = last.lowerBound...value
            } else {
                runs.append(value...value)
            }
        }
        return runs
    }
}
