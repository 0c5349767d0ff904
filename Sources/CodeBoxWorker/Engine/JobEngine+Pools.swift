import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox
import Logging
import Synchronization

extension JobEngine {
    /// Has sandboxes kept waiting for every runtime that has an image now; those for images that
    /// were replaced go.
    func keepWarm() {
        let pools = planner.pools()
        // Told under the lock: of two that notice a change, the later one has the last word.
        warmPools.withLock { warm in
            guard warm != pools else { return }
            warm = pools
            runner.keepWarm(pools)
        }
    }

    /// What is to run. A job on an image that is new here has its pool begun.
    func plan(_ spec: JobSpec) throws(CodeBoxError) -> JobPlan {
        let plan = try planner.plan(spec)
        let isNew = warmPools.withLock { warm in
            // Nil until the service runs: whoever only asks keeps nothing.
            warm.map { pools in !pools.contains { $0.image == plan.sandbox.image } } ?? false
        }
        if isNew { keepWarm() }
        return plan
    }

    /// A misspelt name would leave on what somebody wanted off.
    func warnOfUnknownExceptions() {
        let known = Set(catalog.list().flatMap { [$0.manifest.name] + $0.manifest.aliases })
        for name in planner.zygotes.exceptions.subtracting(known).sorted() {
            logger.warning(
                "zygotes are turned off for a runtime that is not here",
                metadata: ["runtime": "\(name)"])
        }
    }
}
