import CodeBoxCore
import Synchronization
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: batches", .timeLimit(.minutes(1)))
struct JobEngineBatchTests {
    /// What was delivered, in its order.
    private final class Delivered: Sendable {
        private let state = Mutex<[(index: Int, result: Result<Job, CodeBoxError>)]>([])
        var count: Int { state.withLock { $0.count } }
        var indices: [Int] { state.withLock { $0.map(\.index) } }
        func add(_ index: Int, _ result: Result<Job, CodeBoxError>) {
            state.withLock { $0.append((index, result)) }
        }
        func text(_ index: Int) -> String? {
            state.withLock { state in
                try? state.first { $0.index == index }?.result.get().outputText
            }
        }
        func error(_ index: Int) -> CodeBoxError.Code? {
            state.withLock { state in
                guard case .failure(let error) = state.first(where: { $0.index == index })?.result
                else { return nil }
                return error.code
            }
        }
    }

    private func run(
        _ sources: [String], on test: TestEngine, until stop: StopSignal = StopSignal(),
        _ delivered: Delivered
    ) async throws {
        let pass = try test.engine.runs.admitBatch()
        try await test.engine.runs.run(
            sources.map { TestEngine.spec($0) }, with: pass, until: stop
        ) { index, result in delivered.add(index, result) }
    }

    @Test("every program's result is delivered once, with its place, and no more run than slots")
    func all() async throws {
        let test = try TestEngine()
        let delivered = Delivered()
        try await run((0..<100).map { "print \($0)" }, on: test, delivered)
        #expect(delivered.indices.sorted() == Array(0..<100))
        #expect(delivered.text(42) == "42")
        #expect(test.runner.most <= 2)
        #expect(test.engine.slots.free == 2)
        #expect(
            await test.engine.status.metrics().runs.endings[.init(source: .batch, outcome: .exited)]
                == 100)
    }

    @Test("results come as programs end, and one that can't be run spoils itself alone")
    func order() async throws {
        let test = try TestEngine()
        let delivered = Delivered()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await run(["hold a", "print b", "break", "print c"], on: test, delivered)
            }
            #expect(await eventually { delivered.count == 3 })
            #expect(Set(delivered.indices) == [1, 2, 3])
            test.runner.release("a")
            try await group.waitForAll()
        }
        #expect(delivered.indices.last == 0)
        #expect(delivered.error(2) == .sandboxFailed)
        #expect(delivered.text(3) == "c")
    }

    @Test("a direct run has its turn amid a batch, and the batch amid direct runs")
    func fair() async throws {
        let test = try TestEngine { $0.slots = 1 }
        let delivered = Delivered()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await run((0..<20).map { "hold b\($0)" }, on: test, delivered)
            }
            #expect(await eventually { test.runner.started.count == 1 })
            group.addTask {
                _ = try await test.engine.runs.run(TestEngine.spec("hold d0"), until: StopSignal())
            }
            group.addTask {
                _ = try await test.engine.runs.run(TestEngine.spec("hold d1"), until: StopSignal())
            }
            #expect(await eventually { test.engine.slots.waitingCount(.direct) == 2 })
            for step in 0..<22 {
                #expect(await eventually { test.runner.started.count == step + 1 })
                if step < 6 {
                    #expect(await eventually { test.engine.slots.waitingCount(.batch) > 0 })
                }
                test.runner.release(String(test.runner.started[step].dropFirst(5)))
            }
            try await group.waitForAll()
        }
        let begun = test.runner.started.prefix(5).map { $0.dropFirst(5).prefix(1) }
        #expect(begun == ["b", "d", "b", "d", "b"])
        #expect(delivered.count == 20)
    }

    @Test("when its client goes, what runs is killed, the rest never begins, nothing is delivered")
    func stopped() async throws {
        let test = try TestEngine()
        let (delivered, stop) = (Delivered(), StopSignal())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await run(
                    (0..<50).map { "hold \($0)" }, on: test, until: stop, delivered)
            }
            #expect(await eventually { test.runner.running == 2 })
            stop.fire(.disconnected)
            try await group.waitForAll()
        }
        #expect(test.runner.started.count == 2)
        #expect(test.runner.running == 0)
        #expect(delivered.count == 0)
        #expect(test.engine.slots.free == 2)
        #expect(test.engine.slots.waitingCount == 0)
    }

    @Test("canceling its task does the same")
    func canceled() async throws {
        let test = try TestEngine()
        let delivered = Delivered()
        let task = Task { try await run((0..<50).map { "hold \($0)" }, on: test, delivered) }
        #expect(await eventually { test.runner.running == 2 })
        task.cancel()
        _ = await task.result
        #expect(delivered.count == 0)
        #expect(test.engine.slots.free == 2)
    }

    @Test("who is slow to take results holds the rest back")
    func backPressure() async throws {
        let test = try TestEngine()
        let (taken, gate) = (Delivered(), OneShot<Void>())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let pass = try test.engine.runs.admitBatch()
                try await test.engine.runs.run(
                    (0..<200).map { TestEngine.spec("print \($0)") }, with: pass,
                    until: StopSignal()
                ) { index, result in
                    _ = await gate.value()
                    taken.add(index, result)
                }
            }
            // All that may be under way ends; then nothing more begins.
            #expect(await eventually { test.runner.started.count == 4 })
            try await Task.sleep(for: .milliseconds(50))
            #expect(test.runner.started.count == 4)
            gate.fire(())
            try await group.waitForAll()
        }
        #expect(taken.count == 200)
    }

    @Test("a result that can't be delivered ends the batch, and frees its place")
    func undeliverable() async throws {
        struct Gone: Error {}
        let test = try TestEngine { $0.maximumBatches = 1 }
        await #expect(throws: Gone.self) {
            let pass = try test.engine.runs.admitBatch()
            try await test.engine.runs.run(
                [TestEngine.spec("print a"), TestEngine.spec("hold b")], with: pass,
                until: StopSignal()
            ) { _, _ in throw Gone() }
        }
        #expect(test.engine.slots.free == 2)
        #expect(test.runner.running == 0)
        let pass = try test.engine.runs.admitBatch()
        #expect(throws: CodeBoxError.self) { try test.engine.runs.admitBatch() }
        withExtendedLifetime(pass) {}
    }

    @Test("metrics tell of slots, pools and how runs ended")
    func metrics() async throws {
        let test = try TestEngine()
        _ = try await test.engine.runs.run(TestEngine.spec("print a"), until: StopSignal())
        _ = try? await test.engine.runs.run(TestEngine.spec("break"), until: StopSignal())
        let metrics = await test.engine.status.metrics()
        #expect(metrics.runs.endings == [.init(source: .direct, outcome: .exited): 1])
        #expect(metrics.runs.failures == [.sandboxFailed: 1])
        #expect(metrics.runs.histogram(.startup).total == 1)
        #expect(metrics.runs.histogram(.startup).counts[0] == 1)
        #expect(metrics.runs.histogram(.run).counts[1] == 1)
        #expect(metrics.slots.total == 2)
        #expect(metrics.slots.free == 2)
        #expect(metrics.storedJobs == [.queued: 0, .running: 0, .finished: 0])
        #expect(metrics.zygoteStarts == 3)
        #expect(metrics.zygotesRestless == 1)
        #expect(metrics.pools.map(\.runtime) == ["script"])
        #expect(metrics.pools.map(\.waiting) == [2])
    }
}
