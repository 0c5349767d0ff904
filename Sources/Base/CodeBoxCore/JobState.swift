/// Where a job stands. How it ended is its ``Outcome``; the state says only whether it has.
///
/// These moves are legal, and no others:
/// - `queued → running`: a worker leased it. Each lease is a new attempt.
/// - `queued → finished`: it was canceled before any worker took it.
/// - `running → queued`: its worker died (the lease expired) or the sandbox failed through no fault
///   of the job, and the job may be run once more.
/// - `running → finished`: its program ended, it was canceled, or no attempt is left.
package enum JobState: String, Codable, Sendable, CaseIterable {
    case queued
    case running
    case finished
}
