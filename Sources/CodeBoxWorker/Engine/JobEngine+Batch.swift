package import CodeBoxCore
import Synchronization

extension JobEngine {
    package func admitBatch() throws(CodeBoxError) -> BatchPass {
        try checkOpen()
        let most = options.maximumBatches
        let isWithin = openBatches.withLock { open in
            guard open < most else { return false }
            open += 1
            return true
        }
        guard isWithin else {
            throw CodeBoxError(
                .queueFull,
                "\(most) batches are under way, which is the maximum; try again later")
        }
        counts.withLock { $0.batches += 1 }
        return BatchPass { self.openBatches.withLock { $0 -= 1 } }
    }

    package func run(
        _ specs: [JobSpec], with pass: BatchPass, until stop: StopSignal,
        deliver: (Int, Result<Job, CodeBoxError>) async throws -> Void
    ) async throws {
        defer { withExtendedLifetime(pass) {} }
        // Programs are to be killed too when a result can't be delivered.
        let halt = StopSignal()
        let listener = stop.onFire { halt.fire() }
        defer { stop.remove(listener) }
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: (Int, Result<Job, CodeBoxError>).self) { group in
                defer { halt.fire() }
                var next = 0
                func start() {
                    guard next < specs.count, !halt.hasFired else { return }
                    let (index, spec) = (next, specs[next])
                    next += 1
                    group.addTask { (index, await self.runOne(spec, until: halt)) }
                }
                // Whoever is slow to take results holds the rest of the batch up, not our memory: no
                // more than these run, stand in line or wait to be delivered.
                for _ in 0..<(2 * options.slots) { start() }
                for try await (index, result) in group where !halt.hasFired {
                    try await deliver(index, result)
                    start()
                }
            }
        } onCancel: {
            halt.fire()
        }
    }

    private func runOne(_ spec: JobSpec, until stop: StopSignal) async -> Result<Job, CodeBoxError>
    {
        do throws(CodeBoxError) {
            return .success(try await run(spec, .batch, until: stop))
        } catch {
            return .failure(error)
        }
    }
}
