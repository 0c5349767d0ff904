package import CodeBoxCore

/// The service's numbers at one moment.
package struct ServiceMetrics: Hashable, Sendable {
    package struct Slots: Hashable, Sendable {
        package var total = 0
        package var free = 0
        /// Direct runs that wait for a slot, and programs of batches that do.
        package var waitingDirect = 0
        package var waitingBatch = 0

        package init() {}
    }

    /// Sandboxes that wait for programs on one image.
    package struct Pool: Hashable, Sendable {
        /// The runtime's name; empty if no runtime has this image now.
        package var runtime: String
        package var image: String
        /// The zygote's kind, or `none`.
        package var zygote: String
        package var waiting: Int
        package var making: Int
        package var target: Int
        package var memoryBytes: Int
        package var isZygoteUp: Bool

        package init(
            runtime: String, image: String, zygote: String, waiting: Int = 0, making: Int = 0,
            target: Int = 0, memoryBytes: Int = 0, isZygoteUp: Bool = false
        ) {
            self.runtime = runtime
            self.image = image
            self.zygote = zygote
            self.waiting = waiting
            self.making = making
            self.target = target
            self.memoryBytes = memoryBytes
            self.isZygoteUp = isZygoteUp
        }
    }

    package var runs = RunCounts()
    package var slots = Slots()
    /// Jobs in the store by state; empty if the store can't be read.
    package var storedJobs: [JobState: Int] = [:]
    package var isWardenAvailable = true
    package var pools: [Pool] = []
    /// Runs that found a waiting sandbox, and runs for which one was made.
    package var warmRuns = 0
    package var coldRuns = 0
    package var forkedRuns = 0
    /// Runs whose interpreter was exec'ed because their zygote could not fork.
    package var zygoteFallbacks = 0
    package var zygoteStarts = 0
    package var zygoteFailures = 0
    package var zygotesRestless = 0

    package init() {}
}
