import CodeBoxCore
import CodeBoxJobs
import Synchronization
import Testing

@testable import CodeBoxWorker

@Suite("Admission", .timeLimit(.minutes(1)))
struct AdmissionTests {
    /// Refuses one project, and gives another a lower ceiling.
    private final class Scripted: Admission {
        private let state = Mutex<[JobSource]>([])
        /// The sources of the jobs that it was asked for.
        var asked: [JobSource] { state.withLock { $0 } }

        func admit(_ principal: Principal, _ source: JobSource) throws(CodeBoxError) -> Permit {
            state.withLock { $0.append(source) }
            if principal.project == "refused" {
                throw CodeBoxError(.queueFull, "the project has too many jobs")
            }
            guard principal.project == "small" else { return Permit() }
            var ceiling = Limits.standardCeiling
            ceiling.wallMs = 1000
            return Permit(limits: LimitsPolicy(ceiling: ceiling), mayFork: false)
        }
    }

    private func code(_ body: () async throws -> Void) async -> CodeBoxError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CodeBoxError)?.code
        }
    }

    @Test("without projects every job is admitted, and a key's options hold whatever the job says")
    func open() async throws {
        let test = try TestEngine()
        let careful = Principal(options: Principal.Options(mayFork: false))
        for (principal, mayFork) in [(Principal(), true), (careful, false)] {
            let direct = try await test.engine.runs.run(
                TestEngine.spec("print a"), for: principal, until: StopSignal())
            #expect(direct.spec.mayFork == mayFork)
            let stored = try await test.engine.jobs.submit(
                TestEngine.spec("print b"), for: principal, waiting: nil, until: StopSignal())
            #expect(stored.spec.mayFork == mayFork)
            #expect(try await test.store.job(stored.id)?.spec.mayFork == mayFork)
        }
        var spec = TestEngine.spec("print c")
        spec.mayFork = false
        #expect(try await !test.engine.runs.run(spec).spec.mayFork)
    }

    @Test("a job that is refused neither runs nor is stored, and takes no slot")
    func refuses() async throws {
        let admission = Scripted()
        let test = try TestEngine(admission: admission)
        let refused = Principal(project: "refused")
        let spec = TestEngine.spec("print a")
        #expect(
            await code {
                _ = try await test.engine.runs.run(spec, for: refused, until: StopSignal())
            } == .queueFull)
        #expect(
            await code {
                _ = try await test.engine.jobs.submit(
                    spec, for: refused, waiting: nil, until: StopSignal())
            } == .queueFull)
        let pass = try test.engine.runs.admitBatch()
        try await test.engine.runs.run(
            [spec, spec], for: refused, with: pass, until: StopSignal()
        ) { _, result in
            #expect(throws: CodeBoxError.self) { try result.get() }
        }
        #expect(admission.asked == [.direct, .stored, .batch, .batch])
        #expect(test.runner.started.isEmpty)
        #expect(test.engine.slots.free == 2)
        #expect(try await test.store.counts()[.queued] == 0)
        #expect(test.engine.board.pendingCount == 0)
    }

    @Test("a project's ceiling is in force for its jobs alone")
    func ceiling() async throws {
        let test = try TestEngine(admission: Scripted())
        let small = Principal(project: "small")
        let ended = try await test.engine.runs.run(
            TestEngine.spec("print a"), for: small, until: StopSignal())
        #expect(ended.result?.limits?.wallMs == 1000)
        #expect(!ended.spec.mayFork)
        var spec = TestEngine.spec("print a")
        spec.limits[.wallMs] = 2000
        #expect(
            await code {
                _ = try await test.engine.runs.run(spec, for: small, until: StopSignal())
            } == .limitOutOfRange)
        #expect(try await test.engine.runs.run(spec).result?.limits?.wallMs == 2000)
    }
}
