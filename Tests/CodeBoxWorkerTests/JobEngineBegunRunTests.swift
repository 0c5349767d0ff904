import CodeBoxCore
import Testing

@testable import CodeBoxWorker

@Suite("JobEngine: direct runs that begin at once", .timeLimit(.minutes(1)))
struct JobEngineBegunRunTests {
    private typealias Ended = Result<Job, CodeBoxError>

    private struct BadJob: Error {}

    /// Begins a run; nil if it would have to wait.
    private static func begin(
        _ source: String, on test: TestEngine, for principal: Principal = Principal(),
        until stop: StopSignal = StopSignal()
    ) throws -> OneShot<Ended>? {
        let end = OneShot<Ended>()
        let begun = try test.engine.runs.begin(
            { TestEngine.spec(source) }, for: principal, until: stop
        ) { end.fire($0) }
        return begun ? end : nil
    }

    @Test("it ends with the same job as a run that is waited for")
    func runs() async throws {
        let test = try TestEngine()
        let end = try #require(try Self.begin("print hi", on: test))
        let job = try #require(await end.value(within: .seconds(10))).get()
        #expect(job.state == .finished)
        #expect(job.outputText == "hi")
        #expect(job.result?.timings.runUs == 70)
        #expect(job.result?.runtime?.name == "script")
        #expect(await eventually { test.engine.slots.free == 2 })
    }

    @Test("it does not begin while all slots are taken, and its job is not even decoded")
    func full() async throws {
        let test = try TestEngine { $0.slots = 1 }
        let first = try #require(try Self.begin("hold a", on: test))
        #expect(await test.runner.hasStarted("hold a"))
        let begun = try test.engine.runs.begin(
            { throw BadJob() }, for: Principal(), until: StopSignal(), onEnd: { _ in })
        #expect(!begun)
        test.runner.release("a")
        #expect(await first.value(within: .seconds(10)) != nil)
        #expect(await eventually { test.engine.slots.free == 1 })
    }

    @Test("a job that can't be decoded or planned gives its slot back")
    func refused() async throws {
        let test = try TestEngine()
        #expect(throws: BadJob.self) {
            _ = try test.engine.runs.begin(
                { throw BadJob() }, for: Principal(), until: StopSignal(), onEnd: { _ in })
        }
        #expect(test.engine.slots.free == 2)
        let end = OneShot<Ended>()
        let begun = try test.engine.runs.begin(
            { JobSpec(runtime: "no-such", source: "") }, for: Principal(), until: StopSignal()
        ) { end.fire($0) }
        #expect(begun)
        #expect(throws: CodeBoxError.self) { _ = try end.fired?.get() }
        #expect(end.fired != nil)
        #expect(test.engine.slots.free == 2)
    }

    @Test("its program is killed when the signal fires, and what could not be run is an error")
    func stopped() async throws {
        let test = try TestEngine()
        let stop = StopSignal()
        let end = try #require(try Self.begin("hold a", on: test, until: stop))
        #expect(await test.runner.hasStarted("hold a"))
        stop.fire(.disconnected)
        let job = try #require(await end.value(within: .seconds(10))).get()
        #expect(job.result?.outcome == .canceled)
        let broken = try #require(try Self.begin("break", on: test))
        let failure = try #require(await broken.value(within: .seconds(10)))
        #expect(throws: CodeBoxError.self) { _ = try failure.get() }
        #expect(await eventually { test.engine.slots.free == 2 })
    }
}
