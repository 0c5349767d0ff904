package import CodeBoxCore

/// Counts of runs since the server started.
package struct RunCounts: Hashable, Sendable {
    package struct Ending: Hashable, Sendable {
        package var source: JobSource
        package var outcome: Outcome

        package init(source: JobSource, outcome: Outcome) {
            self.source = source
            self.outcome = outcome
        }
    }

    /// The parts of ``Timings``, in their order.
    package enum Phase: String, CaseIterable, Sendable {
        case queued
        case acquire
        case startup
        case run
        case finish

        func microseconds(of timings: Timings) -> Int {
            switch self {
            case .queued: timings.queuedUs
            case .acquire: timings.acquireUs
            case .startup: timings.startupUs
            case .run: timings.runUs
            case .finish: timings.finishUs
            }
        }
    }

    /// Attempts that ended. Each counts once, whether its result was kept or not.
    package private(set) var endings: [Ending: Int] = [:]
    /// Attempts that CodeBox could not carry out, by the error's code.
    package private(set) var failures: [CodeBoxError.Code: Int] = [:]
    /// Durations of the phases of attempts that had a sandbox.
    package private(set) var phases = [Histogram](
        repeating: Histogram(), count: Phase.allCases.count)
    package private(set) var batches = 0

    package init() {}

    package mutating func add(_ result: JobResult, _ source: JobSource) {
        endings[Ending(source: source, outcome: result.outcome), default: 0] += 1
        guard result.limits != nil else { return }
        for (index, phase) in Phase.allCases.enumerated() {
            phases[index].add(microseconds: phase.microseconds(of: result.timings))
        }
    }

    package mutating func add(_ error: CodeBoxError) {
        failures[error.code, default: 0] += 1
    }

    package mutating func addBatch() {
        batches += 1
    }

    package func histogram(_ phase: Phase) -> Histogram {
        phases[Phase.allCases.firstIndex(of: phase) ?? 0]
    }
}
