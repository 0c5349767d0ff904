/// Where a job stands. How it ended is its ``Outcome``; the state says only whether it has.
///
/// Every legal move, and nothing else, is in ``canMove(to:)``:
/// - `queued → running`: a worker leased it. Each lease is a new attempt.
/// - `queued → finished`: it was canceled before any worker took it.
/// - `running → queued`: its worker died (lease expired) or the sandbox failed through no fault of
///   the job, and the job may be run once more.
/// - `running → finished`: its program ended, it was canceled, or no attempt is left.
package enum JobState: String, Codable, Sendable, CaseIterable {
    case queued
    case running
    case finished

    package func canMove(to next: JobState) -> Bool {
        switch (self, next) {
        case (.queued, .running), (.queued, .finished), (.running, .queued), (.running, .finished):
            true
        default:
            false
        }
    }
}
