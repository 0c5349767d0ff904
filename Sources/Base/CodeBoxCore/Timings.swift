/// Where a job's time went, microseconds. The parts follow one another without a gap.
package struct Timings: Hashable, Sendable {
    /// From the job's acceptance until a worker took it.
    package var queuedUs: Int
    /// From then until a sandbox was there for it.
    package var acquireUs: Int
    /// From then to the program's first instruction: the program is sent, its files are written,
    /// its interpreter is ready.
    package var startupUs: Int
    /// From the program's first instruction to its end.
    package var runUs: Int
    /// From the program's end until its outputs were drained and the result was made.
    package var finishUs: Int
    /// No sandbox was waiting for the job, so one was made.
    package var isCold: Bool
    /// The job's interpreter was forked from a zygote.
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
    /// Also reads what earlier versions stored, which had neither pools nor zygotes.
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
