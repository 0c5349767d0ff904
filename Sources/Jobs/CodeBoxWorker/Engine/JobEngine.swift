package import CodeBoxCore
package import CodeBoxJobs
package import CodeBoxRuntimes
package import CodeBoxSandbox
package import Logging
import ServiceLifecycle

/// The worker as one service: composes its parts, starts them, and shuts them down.
///
/// ``run()`` runs stored jobs; without it they stay queued. Direct runs need no running engine:
/// they go on in their caller's task. Both take their slots from one ``SlotLine``.
///
/// In a service group, list the engine after the HTTP server: groups shut down in reverse, and the
/// server is needed until the last job's client has its answer.
package final class JobEngine: Service {
    /// Time for the store to take the results that the end of the grace period leaves behind.
    private static let settlingTime = Duration.seconds(5)

    package let runs: any RunService
    package let jobs: any JobService
    package let status: any StatusService

    let slots: SlotLine
    let running = RunRegistry()
    let board: JobBoard
    let dispatcher: Dispatcher
    let shutdown = Shutdown()
    private let leases: LeaseKeeper
    private let planning: Planning
    private let warm: WarmKeeping
    private let subscription: JobEventSubscription
    private let options: Options
    private let logger: Logger

    /// - Parameters:
    ///   - events: tells of the store's jobs; shared by all that share the store.
    ///   - admission: decides what each client's jobs may do.
    package init(
        store: any JobStore, events: any JobEvents = LocalJobEvents(), runner: any SandboxRunner,
        catalog: RuntimeCatalog, policy: LimitsPolicy = LimitsPolicy(),
        zygotes: ZygoteRule = ZygoteRule(), admission: some Admission = OpenAdmission(),
        options: Options, logger: Logger
    ) {
        self.options = options
        self.logger = logger
        planning = Planning(catalog: catalog, policy: policy, zygotes: zygotes)
        slots = SlotLine(slots: options.slots, maximumWaiting: options.maximumWaitingRuns)
        board = JobBoard(maximumWatches: options.maximumWaits)
        warm = WarmKeeping(planning: planning, runner: runner)
        let counter = RunCounter()
        let wardenPause = WardenPause()
        let slotRunner = SlotRunner(runner: runner, slots: slots, warm: warm)
        let intake = Intake(gate: admission, planning: planning, shutdown: shutdown)
        let attempts = StoredAttempts(
            store: store, events: events, planning: planning, runner: slotRunner, slots: slots,
            running: running, board: board, counter: counter, wardenPause: wardenPause,
            shutdown: shutdown, options: options, logger: logger)
        dispatcher = Dispatcher(
            store: store, runner: runner, attempts: attempts, slots: slots, running: running,
            wardenPause: wardenPause, shutdown: shutdown, options: options, logger: logger)
        leases = LeaseKeeper(
            store: store, events: events, running: running, options: options, logger: logger)
        runs = DirectRuns(
            intake: intake, slots: slots, running: running, runner: slotRunner, counter: counter,
            shutdown: shutdown, options: options)
        jobs = StoredJobs(
            store: store, events: events, catalog: catalog, intake: intake, board: board,
            dispatcher: dispatcher, options: options)
        status = Status(
            store: store, runner: runner, catalog: catalog, planning: planning, slots: slots,
            counter: counter, shutdown: shutdown, options: options)
        subscription = events.subscribe { [board, running, dispatcher] event in
            switch event {
            case .finished(let id, let job): board.post(id, job)
            case .canceled(let id): running.cancel(id)
            case .available: dispatcher.wake()
            }
        }
    }

    /// Recovers what an earlier server left, then runs stored jobs until shutdown.
    ///
    /// After a graceful shutdown begins, no more work is taken. Running programs may go on for the
    /// grace period. Then they are killed, and stored jobs go back to the queue.
    /// - Throws: ``CodeBoxError`` with code `storeFailed` if the store does not work at the start.
    package func run() async throws {
        try await leases.recover()
        warm.refresh()
        for name in planning.unknownExceptions() {
            logger.warning(
                "zygotes are turned off for a runtime that is not here",
                metadata: ["runtime": "\(name)"])
        }
        dispatcher.wake()
        await withTaskCancellationOrGracefulShutdownHandler {
            await operate()
        } onCancelOrGracefulShutdown: {
            self.beginShutdown()
        }
        board.close()
    }

    /// Takes no more work. ``run()`` then ends as it does on graceful shutdown.
    package func beginShutdown() {
        shutdown.begin()
        slots.close()
        running.close()
        dispatcher.stop()
    }

    private func operate() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.extendLeases() }
            group.addTask { await self.maintain() }
            group.addTask { await self.endGracePeriod() }
            await dispatcher.run()
            group.cancelAll()
        }
    }

    // MARK: Timers

    private func extendLeases() async {
        while await pause(options.leaseSeconds / 3) { await leases.extendLeases() }
    }

    private func maintain() async {
        while await pause(options.maintenanceSeconds) {
            await leases.maintain()
            warm.refresh()
            // Finds jobs that came into the store without an event.
            dispatcher.wake()
        }
    }

    private func endGracePeriod() async {
        guard await shutdown.hasBegunToShutDown(), await pause(options.graceSeconds) else { return }
        logger.warning("the grace period is over; programs that still run are killed")
        running.stopAll(.shutdown)
        try? await Task.sleep(for: Self.settlingTime)
        shutdown.abandonResults()
    }

    /// - Returns: false if the task is canceled.
    private func pause(_ seconds: Double) async -> Bool {
        (try? await Task.sleep(for: .seconds(seconds))) != nil
    }
}
