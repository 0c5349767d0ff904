import CodeBoxCore
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: direct runs", .timeLimit(.minutes(1)))
struct JobEngineDirectRunTests {
    @Test("a direct run answers with the finished job and stores nothing")
    func runs() async throws {
        let test = try TestEngine()
        let job = try await test.engine.runs.run(TestEngine.spec("print hi"), until: StopSignal())
        #expect(job.state == .finished)
        #expect(job.outputText == "hi")
        #expect(job.result?.timings.runUs == 70)
        #expect(job.result?.runtime?.name == "script")
        #expect(try await test.store.counts().values.allSatisfy { $0 == 0 })
        #expect(test.engine.slots.free == 2)
    }

    @Test("canceling the task kills the program and frees the slot")
    func canceled() async throws {
        let test = try TestEngine()
        let outcome = try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask {
                try await test.engine.runs.run(TestEngine.spec("hold a"), until: StopSignal())
                    .result?
                    .outcome
            }
            #expect(await test.runner.hasStarted("hold a"))
            group.cancelAll()
            return try await group.next() ?? nil
        }
        #expect(outcome == .canceled)
        #expect(test.runner.running == 0)
        #expect(test.engine.slots.free == 2)
    }

    @Test("a slot is free again when its sandbox is gone, which its client does not wait for")
    func lingering() async throws {
        try await TestEngine { $0.slots = 1 }.serving { test in
            let end = test.runner.startLingering()
            _ = try await test.engine.runs.run(TestEngine.spec("print a"), until: StopSignal())
            #expect(test.engine.slots.free == 0)
            let stored = try await test.engine.jobs.submit(TestEngine.spec("print b"), waiting: nil)
            #expect(stored.state == .queued)
            end.fire(())
            let ended = try await test.engine.jobs.wait(for: stored.id, seconds: 10)
            #expect(ended.result?.outcome == .exited)
            #expect(await eventually { test.engine.slots.free == 1 })
        }
    }

    @Test("direct runs beyond the slots wait in a line, and beyond the line are refused")
    func bounded() async throws {
        let test = try TestEngine {
            $0.slots = 1
            $0.maximumWaitingRuns = 1
        }
        try await withThrowingTaskGroup(of: Job.self) { group in
            group.addTask {
                try await test.engine.runs.run(TestEngine.spec("hold a"), until: StopSignal())
            }
            #expect(await test.runner.hasStarted("hold a"))
            group.addTask {
                try await test.engine.runs.run(TestEngine.spec("print b"), until: StopSignal())
            }
            #expect(await eventually { test.engine.slots.waitingCount == 1 })
            await #expect {
                _ = try await test.engine.runs.run(TestEngine.spec("print c"), until: StopSignal())
            } throws: { ($0 as? CodeBoxError)?.code == .queueFull }
            test.runner.release("a")
            for try await job in group { #expect(job.result?.outcome == .exited) }
        }
        #expect(test.runner.started == ["hold a", "print b"])
    }

    @Test("a long queue and many direct runs are served in turn")
    func fair() async throws {
        try await TestEngine { $0.slots = 1 }.serving { test in
            for index in 0..<6 { _ = try await test.submit("hold q\(index)") }
            #expect(await test.runner.hasStarted("hold q0"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<6 {
                    group.addTask {
                        _ = try await test.engine.runs.run(
                            TestEngine.spec("hold d\(index)"), until: StopSignal())
                    }
                }
                #expect(await eventually { test.engine.slots.waitingCount(.direct) == 6 })
                for step in 0..<10 {
                    // The dispatcher comes back into line only once it has started its job.
                    #expect(
                        await eventually {
                            test.runner.started.count == step + 1
                                && test.engine.slots.waitingCount(.stored) == 1
                        })
                    test.runner.release(String(test.runner.started[step].dropFirst(5)))
                }
                for name in test.runner.started.indices { test.runner.release("q\(name)") }
                for name in 0..<6 { test.runner.release("d\(name)") }
                try await group.waitForAll()
            }
            let sides = test.runner.started.prefix(11).map { $0.dropFirst(5).first }
            #expect(sides == Array("qdqdqdqdqdq"))
        }
    }

    @Test("what could not be run is an error that names the step")
    func fails() async throws {
        let test = try TestEngine()
        await #expect {
            _ = try await test.engine.runs.run(TestEngine.spec("break"), until: StopSignal())
        } throws: { error in
            let error = error as? CodeBoxError
            return error?.code == .sandboxFailed && error?.message.contains("mount /proc") == true
        }
        await #expect {
            _ = try await test.engine.runs.run(TestEngine.spec("fell"), until: StopSignal())
        } throws: { ($0 as? CodeBoxError)?.code == .wardenUnavailable }
        await #expect {
            _ = try await test.engine.runs.run(
                JobSpec(runtime: "cobol", source: "x"), until: StopSignal())
        } throws: { ($0 as? CodeBoxError)?.code == .unknownRuntime }
        #expect(test.engine.slots.free == 2)
    }
}
