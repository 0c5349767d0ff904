/// What an API key must allow for a route to answer.
///
/// Today every key allows all of them.
package enum RouteScope: String, CaseIterable, Sendable {
    /// Running programs.
    case run
    /// Reading stored jobs.
    case jobsRead = "jobs:read"
    /// Submitting and canceling stored jobs.
    case jobsWrite = "jobs:write"
    /// Any key will do.
    case key
    /// The route answers without a key.
    case open
}
