/// Where a job comes from. Metrics tell the three apart, and they take turns at the slots.
package enum JobSource: String, CaseIterable, Sendable {
    /// `POST /v1/run`
    case direct
    /// `POST /v1/batch`
    case batch
    /// The job store.
    case stored
}
