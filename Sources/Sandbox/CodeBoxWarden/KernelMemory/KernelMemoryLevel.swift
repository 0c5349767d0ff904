/// How far the kernel's memory has grown since the sandboxes began, and whether that is too much.
struct KernelMemoryLevel {
    let budgetBytes: Int
    private var baseline: Int?

    /// In so many samples the baseline moves to what is in use. At 20 samples a second that takes
    /// ten minutes, which is longer than jobs run: slow growth is not a job's.
    private static let samplesToForget = 12_000

    init(budgetBytes: Int) {
        self.budgetBytes = budgetBytes
    }

    /// No job runs: the next sample begins anew.
    mutating func rest() {
        baseline = nil
    }

    /// The growth so far is not a job's.
    mutating func accept(_ bytes: Int) {
        baseline = bytes
    }

    /// - Parameter bytes: in use now.
    /// - Returns: the growth in bytes if it is above the budget.
    mutating func excess(at bytes: Int) -> Int? {
        guard let before = baseline, before <= bytes else {
            baseline = bytes
            return nil
        }
        baseline = before + (bytes - before) / Self.samplesToForget
        let growth = bytes - before
        return growth > budgetBytes ? growth : nil
    }
}
