/// Why an attempt was cut short, in words for the job's `error`.
package enum JobInterruption {
    /// Its worker has gone, or has started anew.
    package static let workerLost = "CodeBox was interrupted while the program ran"
    package static let wardenLost = "the sandbox warden went away while the program ran"
    package static let shutdown = "CodeBox was shut down while the program ran"
}
