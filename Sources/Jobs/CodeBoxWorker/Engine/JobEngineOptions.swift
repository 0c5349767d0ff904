import CodeBoxCore
import Foundation

extension JobEngine {
    /// The engine's settings. Times are in seconds.
    package struct Options: Sendable, Hashable {
        /// Marks this server's leases. It is the same at every start of one server, and differs
        /// from every other server on the same store.
        package var workerName: String
        /// Programs that run at one time.
        package var slots: Int
        /// Stored jobs that may be queued; more are refused with `queueFull`.
        package var maximumQueued: Int
        /// Direct runs that may wait for a slot; more are refused with `queueFull`.
        package var maximumWaitingRuns: Int
        /// Batches that may be under way; more are refused with `queueFull`.
        package var maximumBatches: Int
        /// Clients that may wait for jobs to finish.
        package var maximumWaits: Int
        /// How often a job is run if CodeBox is interrupted while it runs.
        package var maximumAttempts: Int
        /// How long a lease lasts without a heartbeat. There are three heartbeats in that time.
        package var leaseSeconds: Double
        /// How often overdue leases are taken back and old jobs deleted.
        package var maintenanceSeconds: Double
        /// How long finished jobs are kept.
        package var retentionSeconds: Double
        /// How long running programs may go on after shutdown begins.
        package var graceSeconds: Double
        /// The first pause before an operation is tried again that the store refused. Each further
        /// pause is twice as long, up to a hundred times this.
        package var retrySeconds: Double

        package init(
            workerName: String, slots: Int = 2 * ProcessInfo.processInfo.activeProcessorCount,
            maximumQueued: Int = 10_000, maximumWaitingRuns: Int = 256, maximumBatches: Int = 32,
            maximumWaits: Int = 10_000,
            maximumAttempts: Int = 2, leaseSeconds: Double = 30, maintenanceSeconds: Double = 10,
            retentionSeconds: Double = 7 * 86_400, graceSeconds: Double = 30,
            retrySeconds: Double = 0.05
        ) {
            self.workerName = workerName
            self.slots = slots
            self.maximumQueued = maximumQueued
            self.maximumWaitingRuns = maximumWaitingRuns
            self.maximumBatches = maximumBatches
            self.maximumWaits = maximumWaits
            self.maximumAttempts = maximumAttempts
            self.leaseSeconds = leaseSeconds
            self.maintenanceSeconds = maintenanceSeconds
            self.retentionSeconds = retentionSeconds
            self.graceSeconds = graceSeconds
            self.retrySeconds = retrySeconds
        }

        /// When a lease that is taken or extended now ends.
        var leaseEnd: Timestamp { Timestamp.now.advanced(bySeconds: leaseSeconds) }

        var retryBackoff: Backoff {
            Backoff(first: .seconds(retrySeconds), last: .seconds(retrySeconds * 100))
        }
    }
}
