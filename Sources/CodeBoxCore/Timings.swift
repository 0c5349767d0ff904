/// Where a job's time went, microseconds. The parts follow one another without a gap.
package struct Timings: Codable, Hashable, Sendable {
    /// Accepted → a worker took it.
    package var queuedUs: Int
    /// Taken → the program's first instruction: sandbox, source, interpreter's exec.
    package var startupUs: Int
    /// The program's first instruction → its end.
    package var runUs: Int
    /// The program's end → outputs drained and the result made.
    package var finishUs: Int

    package init(queuedUs: Int = 0, startupUs: Int = 0, runUs: Int = 0, finishUs: Int = 0) {
        self.queuedUs = queuedUs
        self.startupUs = startupUs
        self.runUs = runUs
        self.finishUs = finishUs
    }
}
