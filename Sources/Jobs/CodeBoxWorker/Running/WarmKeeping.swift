import CodeBoxSandbox
import Synchronization

/// Tells the runner for which images to keep sandboxes waiting.
final class WarmKeeping: Sendable {
    private let planning: Planning
    private let runner: any SandboxRunner
    /// The pools that the runner was told of; nil until the service runs, so that nothing is kept
    /// for a process that only answers questions.
    private let kept = Mutex<[WarmPoolKey]?>(nil)

    init(planning: Planning, runner: any SandboxRunner) {
        self.planning = planning
        self.runner = runner
    }

    /// Keeps a pool for every runtime that has an image now. Pools of replaced images go away.
    func refresh() {
        let pools = planning.standardPools()
        // The runner is told while the lock is held: of two callers that notice a change, the later
        // one has the last word.
        kept.withLock { kept in
            guard kept != pools else { return }
            kept = pools
            runner.keepWarm(pools)
        }
    }

    /// Notices that a job runs on an image. The first job on a new image begins its pool.
    func notice(_ image: String) {
        let isNew = kept.withLock { kept in
            kept.map { pools in !pools.contains { $0.image == image } } ?? false
        }
        if isNew { refresh() }
    }
}
