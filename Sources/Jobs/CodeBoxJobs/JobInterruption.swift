/// Reasons why an attempt was cut short, as sentences for the job's `error`.
package enum JobInterruption {
    /// The worker has gone, or has restarted.
    package static let workerLost = "CodeBox was interrupted while the program ran"
    package static let wardenLost = "the sandbox warden went away while the program ran"
    package static let shutdown = "CodeBox was shut down while the program ran"
}
