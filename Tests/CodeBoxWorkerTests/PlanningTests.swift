import CodeBoxCore
import CodeBoxSandbox
import Testing

@testable import CodeBoxWorker

@Suite("Planning")
struct PlanningTests {
    private let data: TestDataDirectory
    private let planning: Planning

    init() throws {
        data = try TestDataDirectory()
        var ceiling = Limits.standardCeiling
        ceiling.wallMs = 8000
        planning = Planning(catalog: data.catalog, policy: LimitsPolicy(ceiling: ceiling))
    }

    private func refusal(_ spec: JobSpec) -> CodeBoxError? {
        do throws(CodeBoxError) {
            _ = try planning.plan(spec)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "source is saved under the runtime's entry name, which the command runs with the job's args"
    )
    func source() throws {
        let plan = try planning.plan(
            JobSpec(
                runtime: "script", source: "é", files: [JobFile(path: "lib/x", content: [1])],
                args: ["-v", "{entrypoint}"], stdin: [7]))
        #expect(plan.program.files.map(\.path) == ["main.script", "lib/x"])
        #expect(plan.program.files[0].content == Array("é".utf8))
        #expect(
            plan.program.command == ["/bin/script", "--safe", "main.script", "-v", "{entrypoint}"])
        #expect(plan.program.stdin == [7])
        #expect(plan.sandbox.image == TestDataDirectory.digest)
        #expect(plan.runtime.version == "2.5")
    }

    @Test("an entrypoint among the files is run, and source goes under an entrypoint that is not")
    func entrypoint() throws {
        let files = [JobFile(path: "a/b.script", content: [])]
        let chosen = try planning.plan(
            JobSpec(runtime: "script", files: files, entrypoint: "a/b.script"))
        #expect(chosen.program.command.last == "a/b.script")
        #expect(chosen.program.files == files)
        let named = try planning.plan(
            JobSpec(runtime: "script", source: "x", files: files, entrypoint: "other"))
        #expect(named.program.files.map(\.path) == ["other", "a/b.script"])
        #expect(named.program.command.last == "other")
    }

    @Test("an entrypoint that looks like an option is run as a file all the same")
    func optionLikeEntrypoint() throws {
        let plan = try planning.plan(JobSpec(runtime: "script", source: "x", entrypoint: "-c"))
        #expect(plan.program.command.last == "./-c")
        #expect(plan.program.files[0].path == "-c")
    }

    @Test("the environment is the runtime's with the job's on top")
    func environment() throws {
        let plan = try planning.plan(
            JobSpec(runtime: "script", source: "x", env: ["MODE": "job", "A": "1"]))
        #expect(plan.program.environment == ["LANG": "C.UTF-8", "MODE": "job", "A": "1"])
    }

    @Test(
        "a file in the way of source is refused by its field",
        arguments: ["main.script", "main.script/x"])
    func collision(path: String) {
        let error = refusal(
            JobSpec(
                runtime: "script", source: "x",
                files: [JobFile(path: "ok", content: []), JobFile(path: path, content: [])]))
        #expect(error?.code == .invalidRequest)
        #expect(error?.field == "files[1].path")
    }

    @Test("limits come from the job, else the runtime, else the standard, and obey the ceiling")
    func limits() throws {
        let plan = try planning.plan(
            JobSpec(runtime: "script", source: "x", limits: LimitsRequest(processes: 3)))
        #expect(plan.sandbox.limits.processes == 3)
        #expect(plan.sandbox.limits.wallMs == 5000)
        #expect(plan.sandbox.limits.openFiles == Limits.standard.openFiles)
        let error = refusal(
            JobSpec(runtime: "script", source: "x", limits: LimitsRequest(wallMs: 8001)))
        #expect(error?.code == .limitOutOfRange)
        #expect(error?.field == "limits.wall_ms")
        #expect(error?.message.contains("8000") == true)
    }

    @Test("less memory than the interpreter needs to start is refused")
    func leastMemory() {
        let error = refusal(
            JobSpec(runtime: "script", source: "x", limits: LimitsRequest(memoryBytes: 8 << 20)))
        #expect(error?.field == "limits.memory_bytes")
        #expect(error?.message.contains("16777216") == true)
    }

    @Test("fewer processes or open files than the interpreter needs are refused")
    func leastCounts() {
        func error(_ limits: LimitsRequest) -> CodeBoxError? {
            refusal(JobSpec(runtime: "script", source: "x", limits: limits))
        }
        #expect(error(LimitsRequest(processes: 2, openFiles: 20)) == nil)
        let processes = error(LimitsRequest(processes: 1))
        #expect(processes?.code == .limitOutOfRange)
        #expect(processes?.field == "limits.processes")
        #expect(processes?.message == "limits.processes is 1; the minimum is 2")
        let files = error(LimitsRequest(openFiles: 19))
        #expect(files?.field == "limits.open_files")
        #expect(files?.message == "limits.open_files is 19; the minimum is 20")
    }

    @Test("files that can't fit into the workspace, or the memory, are refused")
    func room() {
        let file = JobFile(path: "big", content: [UInt8](repeating: 0, count: 100_000))
        func error(_ limits: LimitsRequest) -> CodeBoxError? {
            refusal(JobSpec(runtime: "script", source: "x", files: [file], limits: limits))
        }
        #expect(error(LimitsRequest(workspaceBytes: 65_536))?.field == "files")
        #expect(error(LimitsRequest(workspaceBytes: 102_400 + 4096)) == nil)
    }

    @Test("a runtime that is not there is refused, and an alias becomes the runtime's own name")
    func runtimes() throws {
        #expect(refusal(JobSpec(runtime: "cobol", source: "x"))?.code == .unknownRuntime)
        #expect(refusal(JobSpec(runtime: "script:3", source: "x"))?.code == .unknownRuntime)
        #expect(try planning.plan(JobSpec(runtime: "sc", source: "x")).reference == "script")
        #expect(try planning.plan(JobSpec(runtime: "sc:2", source: "x")).reference == "script:2")
    }

    @Test("what the spec's own rules refuse is refused here")
    func specRules() {
        #expect(refusal(JobSpec(runtime: "script"))?.field == "source")
    }
}
