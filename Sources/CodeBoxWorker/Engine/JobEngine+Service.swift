import CodeBoxCore
import CodeBoxJobs
import CodeBoxSandbox
import Logging
import ServiceLifecycle
import Synchronization

extension JobEngine: Service {
    /// Time for the store to take what the end of the grace period leaves behind.
    private static let settlingTime = Duration.seconds(5)
    /// Deleted in one go, so that no other write waits long.
    private static let pruneBatch = 500
    private static let largestLease = 64

    /// Recovers what an earlier server left, then runs stored jobs until shutdown.
    ///
    /// On graceful shutdown nothing is taken on any more; what runs may go on for the grace period,
    /// and what is left then is killed and given back to the queue.
    /// - Throws: ``CodeBoxError`` with code `storeFailed` if the store does not work at the start.
    package func run() async throws {
        let left = try await store.reap(
            now: .now, worker: options.workerName, maximumAttempts: options.maximumAttempts)
        if !left.isEmpty {
            logger.notice(
                "recovered jobs that were interrupted", metadata: ["jobs": "\(left.count)"])
        }
        for job in left { announce(job) }
        keepWarm()
        warnOfUnknownExceptions()
        wakeUp.yield()
        await withTaskCancellationOrGracefulShutdownHandler {
            await operate()
        } onCancelOrGracefulShutdown: {
            self.beginShutdown()
        }
        board.close()
    }

    /// Takes on no more work; ``run()`` then ends as it does on graceful shutdown.
    package func beginShutdown() {
        stopped.fire(())
        slots.close()
        running.close()
        wakeUp.finish()
    }

    private func operate() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.extendLeases() }
            group.addTask { await self.maintain() }
            group.addTask { await self.endGracePeriod() }
            group.addTask { await self.runBegunJobs() }
            isServing.store(true, ordering: .releasing)
            await dispatch()
            isServing.store(false, ordering: .releasing)
            await running.drained()
            handOver.finish()
            group.cancelAll()
        }
    }

    // MARK: Leasing

    private func dispatch() async {
        await withDiscardingTaskGroup { jobs in
            var backoff = options.retryBackoff
            for await _ in wakeUps {
                var mayHoldMore = true
                while mayHoldMore, stopped.fired == nil, !Task.isCancelled {
                    do throws(CodeBoxError) {
                        mayHoldMore = try await lease(&jobs)
                        backoff = options.retryBackoff
                    } catch {
                        logger.error(
                            "can't lease jobs; trying again", metadata: ["error": "\(error)"])
                        _ = await stopped.value(within: backoff.pause())
                    }
                }
            }
        }
    }

    /// Starts as many queued jobs as there are free slots, waiting for the first of these.
    /// - Returns: whether the queue may hold more.
    private func lease(_ jobs: inout DiscardingTaskGroup) async throws(CodeBoxError) -> Bool {
        await waitForWarden()
        guard try await slots.acquire(.queued) else { return false }
        // It may have taken a while to get one.
        guard runner.isAvailable else {
            slots.release()
            return true
        }
        let count = 1 + slots.takeFree(upTo: Self.largestLease - 1)
        let leased: [Job]
        running.willLease()
        do throws(CodeBoxError) {
            leased = try await store.lease(
                worker: options.workerName, count: count, until: leaseEnd())
        } catch {
            _ = running.leased([])
            slots.release(count)
            throw error
        }
        for (job, event) in running.leased(leased) {
            jobs.addTask { await self.attempt(job, event) }
        }
        slots.release(count - leased.count)
        return leased.count == count
    }

    /// Returns when the warden is there and no run of late says otherwise, or at shutdown.
    private func waitForWarden() async {
        if let pauseEnd = wardenPause.withLock({ $0.until }), pauseEnd > .now {
            _ = await stopped.value(within: pauseEnd - .now)
        }
        guard !runner.isAvailable, stopped.fired == nil else { return }
        logger.warning("queued jobs wait for the warden")
        let (runner, stopped) = (runner, stopped)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await runner.waitUntilAvailable() }
            group.addTask { _ = await stopped.value() }
            await group.next()
            group.cancelAll()
        }
    }

    func leaseEnd() -> Timestamp {
        Timestamp.now.advanced(bySeconds: options.leaseSeconds)
    }

    // MARK: Timers

    private func extendLeases() async {
        while await pause(options.leaseSeconds / 3) {
            let mine = running.attempts
            guard !mine.isEmpty else { continue }
            do throws(CodeBoxError) {
                let held = try await store.heartbeat(worker: options.workerName, until: leaseEnd())
                // Direct runs are in no store; interrupting an attempt that has just ended is idle.
                running.disown(mine.filter { $0.isStored && !held.contains($0.id) })
            } catch {
                logger.error("can't extend leases", metadata: ["error": "\(error)"])
            }
        }
    }

    private func maintain() async {
        while await pause(options.maintenanceSeconds) {
            do throws(CodeBoxError) {
                let overdue = try await store.reap(
                    now: .now, worker: nil, maximumAttempts: options.maximumAttempts)
                let ids = Set(overdue.map(\.id))
                running.disown(running.attempts.filter { ids.contains($0.id) })
                for job in overdue { announce(job) }
                let oldest = Timestamp.now.advanced(bySeconds: -options.retentionSeconds)
                while try await store.prune(finishedBefore: oldest, limit: Self.pruneBatch)
                    == Self.pruneBatch
                {}
            } catch {
                logger.error("can't maintain the store", metadata: ["error": "\(error)"])
            }
            keepWarm()
            // Whatever else may put jobs into the store, they are found by now.
            wakeUp.yield()
        }
    }

    /// False when the task is canceled.
    private func pause(_ seconds: Double) async -> Bool {
        (try? await Task.sleep(for: .seconds(seconds))) != nil
    }

    private func endGracePeriod() async {
        guard await stopped.value() != nil, await pause(options.graceSeconds) else { return }
        logger.warning("the grace period is over; programs that still run are killed")
        running.interruptAll(.shutdown)
        try? await Task.sleep(for: Self.settlingTime)
        abandoned.fire(())
    }
}
