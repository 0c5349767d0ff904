/// Where a job's time went, microseconds. The parts follow one another without a gap.
package struct Timings: Hashable, Sendable {
    /// Accepted → a worker took it.
    package var queuedUs: Int
    /// Taken → a sandbox was there for it.
    package var acquireUs: Int
    /// That → the program's first instruction: source sent, files laid out, interpreter at hand.
    package var startupUs: Int
    /// The program's first instruction → its end.
    package var runUs: Int
    /// The program's end → outputs drained and the result made.
    package var finishUs: Int
    /// No sandbox was waiting for it: one was made.
    package var isCold: Bool
    /// The program went on in an interpreter forked from a zygote.
    package var isForked: Bool

    package init(
        queuedUs: Int = 0, acquireUs: Int = 0, startupUs: Int = 0, runUs: Int = 0,
        finishUs: Int = 0, isCold: Bool = true, isForked: Bool = false
    ) {
        self.queuedUs = queuedUs
        self.acquireUs = acquireUs
        self.startupUs = startupUs
        self.runUs = runUs
        self.finishUs = finishUs
        self.isCold = isCold
        self.isForked = isForked
    }
}

extension Timings: Codable {
    /// Reads what earlier versions stored as well: they had no pool and no zygotes.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            queuedUs: try values.decode(Int.self, forKey: .queuedUs),
            acquireUs: try values.decodeIfPresent(Int.self, forKey: .acquireUs) ?? 0,
            startupUs: try values.decode(Int.self, forKey: .startupUs),
            runUs: try values.decode(Int.self, forKey: .runUs),
            finishUs: try values.decode(Int.self, forKey: .finishUs),
            isCold: try values.decodeIfPresent(Bool.self, forKey: .isCold) ?? true,
            isForked: try values.decodeIfPresent(Bool.self, forKey: .isForked) ?? false)
    }

    private enum CodingKeys: String, CodingKey {
        case queuedUs, acquireUs, startupUs, runUs, finishUs, isCold, isForked
    }
}
