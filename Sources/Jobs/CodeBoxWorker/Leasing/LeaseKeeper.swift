import CodeBoxCore
import CodeBoxJobs
import Logging

/// Keeps this worker's leases alive, takes back overdue leases of all workers, and deletes old
/// jobs.
struct LeaseKeeper: Sendable {
    /// Jobs that are deleted in one transaction, so that no other write waits long.
    private static let pruneBatch = 500

    private let store: any JobStore
    private let events: any JobEvents
    private let running: RunRegistry
    private let options: JobEngine.Options
    private let logger: Logger

    init(
        store: any JobStore, events: any JobEvents, running: RunRegistry,
        options: JobEngine.Options, logger: Logger
    ) {
        self.store = store
        self.events = events
        self.running = running
        self.options = options
        self.logger = logger
    }

    /// Takes back the jobs that this worker held when it last ended.
    func recover() async throws(CodeBoxError) {
        let left = try await store.reap(
            now: .now, worker: options.workerName, maximumAttempts: options.maximumAttempts)
        if !left.isEmpty {
            logger.notice(
                "recovered jobs that were interrupted", metadata: ["jobs": "\(left.count)"])
        }
        for job in left { events.announce(job) }
    }

    /// Extends the leases of the jobs that run here, and ends those that run here no longer by
    /// right.
    func extendLeases() async {
        let mine = running.attempts
        guard !mine.isEmpty else { return }
        do throws(CodeBoxError) {
            let held = try await store.heartbeat(
                worker: options.workerName, until: options.leaseEnd)
            // No store knows direct runs. Disowning an attempt that has just ended does nothing.
            running.disown(mine.filter { $0.isStored && !held.contains($0.id) })
        } catch {
            logger.error("can't extend leases", metadata: ["error": "\(error)"])
        }
    }

    /// Takes back overdue leases and deletes jobs that finished longer ago than the retention time.
    func maintain() async {
        do throws(CodeBoxError) {
            let overdue = try await store.reap(
                now: .now, worker: nil, maximumAttempts: options.maximumAttempts)
            let ids = Set(overdue.map(\.id))
            running.disown(running.attempts.filter { ids.contains($0.id) })
            for job in overdue { events.announce(job) }
            let oldest = Timestamp.now.advanced(bySeconds: -options.retentionSeconds)
            while try await store.prune(finishedBefore: oldest, limit: Self.pruneBatch)
                == Self.pruneBatch
            {}
        } catch {
            logger.error("can't maintain the store", metadata: ["error": "\(error)"])
        }
    }
}
