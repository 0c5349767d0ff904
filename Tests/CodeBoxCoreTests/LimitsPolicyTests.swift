import CodeBoxCore
import Testing

@Suite("LimitsPolicy")
struct LimitsPolicyTests {
    private let policy = LimitsPolicy()

    private func refusal(_ request: LimitsRequest, _ policy: LimitsPolicy = LimitsPolicy())
        -> CodeBoxError?
    {
        do throws(CodeBoxError) {
            _ = try policy.resolve(request: request, runtimeDefaults: LimitsRequest())
            return nil
        } catch {
            return error
        }
    }

    @Test("a job that names nothing gets the runtime's defaults on top of the standard")
    func defaults() throws {
        let limits = try policy.resolve(
            request: LimitsRequest(), runtimeDefaults: LimitsRequest(memoryBytes: 256 << 20))
        var expected = Limits.standard
        expected.memoryBytes = 256 << 20
        #expect(limits == expected)
    }

    @Test("what the job names comes first")
    func request() throws {
        let request = LimitsRequest(
            wallMs: 1, cpuMs: 2, memoryBytes: 5 << 20, cpus: 0.5, processes: 3,
            workspaceBytes: 1 << 20, openFiles: 17, outputBytes: 0)
        let limits = try policy.resolve(
            request: request, runtimeDefaults: LimitsRequest(wallMs: 9, openFiles: 99))
        #expect(
            limits
                == Limits(
                    wallMs: 1, cpuMs: 2, memoryBytes: 5 << 20, cpus: 0.5, processes: 3,
                    workspaceBytes: 1 << 20, openFiles: 17, outputBytes: 0))
    }

    @Test("ceiling and floor themselves may be asked for")
    func bounds() throws {
        for bound in [Limits.standardCeiling, Limits.floor] {
            let request = LimitsRequest(
                wallMs: bound.wallMs, cpuMs: bound.cpuMs, memoryBytes: bound.memoryBytes,
                cpus: bound.cpus, processes: bound.processes, workspaceBytes: bound.workspaceBytes,
                openFiles: bound.openFiles, outputBytes: bound.outputBytes)
            #expect(try policy.resolve(request: request, runtimeDefaults: LimitsRequest()) == bound)
        }
    }

    @Test(
        "one beyond the ceiling is refused, naming the field and the maximum",
        arguments: [
            (LimitsRequest(wallMs: 60_001), "wall_ms", "60000"),
            (LimitsRequest(cpuMs: 60_001), "cpu_ms", "60000"),
            (LimitsRequest(memoryBytes: (1 << 30) + 1), "memory_bytes", "1073741824"),
            (LimitsRequest(cpus: 4.01), "cpus", "4"),
            (LimitsRequest(processes: 513), "processes", "512"),
            (LimitsRequest(workspaceBytes: (512 << 20) + 1), "workspace_bytes", "536870912"),
            (LimitsRequest(openFiles: 4097), "open_files", "4096"),
            (LimitsRequest(outputBytes: (16 << 20) + 1), "output_bytes", "16777216"),
        ])
    func aboveCeiling(request: LimitsRequest, field: String, maximum: String) {
        let error = refusal(request)
        #expect(error?.code == .limitOutOfRange)
        #expect(error?.field == "limits.\(field)")
        #expect(error?.message.contains("maximum is \(maximum)") == true, "\(error?.message ?? "")")
    }

    @Test(
        "nothing, less than nothing, and no number at all are refused",
        arguments: [
            LimitsRequest(wallMs: 0), LimitsRequest(cpuMs: -1), LimitsRequest(memoryBytes: .min),
            LimitsRequest(cpus: 0), LimitsRequest(cpus: .nan), LimitsRequest(cpus: .infinity),
            LimitsRequest(processes: 0), LimitsRequest(workspaceBytes: 0),
            LimitsRequest(openFiles: 0), LimitsRequest(outputBytes: -1),
        ])
    func belowFloor(request: LimitsRequest) {
        #expect(refusal(request)?.code == .limitOutOfRange)
    }

    @Test("a default above the ceiling is lowered to it, since the client did not ask for it")
    func lowersDefaults() throws {
        var ceiling = Limits.standardCeiling
        ceiling.memoryBytes = 32 << 20
        let limits = try LimitsPolicy(ceiling: ceiling).resolve(
            request: LimitsRequest(), runtimeDefaults: LimitsRequest(memoryBytes: 256 << 20))
        #expect(limits.memoryBytes == 32 << 20)
    }

    @Test("a ceiling below the floor refuses the job, also one that names no limit")
    func ceilingBelowFloor() throws {
        var policy = LimitsPolicy()
        policy.floor.processes = 7
        policy.ceiling.processes = 4
        for request in [LimitsRequest(), LimitsRequest(processes: 4), LimitsRequest(processes: 9)] {
            let error = try #require(refusal(request, policy))
            #expect(error.field == "limits.processes")
            #expect(error.message.contains("at least 7, and at most 4"))
        }
    }

    @Test("CPU time that is left out follows a longer wall time, up to its own ceiling")
    func cpuFollowsWall() throws {
        func cpu(_ request: LimitsRequest, _ policy: LimitsPolicy = LimitsPolicy()) throws -> Int {
            try policy.resolve(request: request, runtimeDefaults: LimitsRequest()).cpuMs
        }
        #expect(try cpu(LimitsRequest(wallMs: 30_000)) == 30_000)
        #expect(try cpu(LimitsRequest(wallMs: 30_000, cpuMs: 5)) == 5)
        #expect(try cpu(LimitsRequest(wallMs: 100)) == 10_000)
        var ceiling = Limits.standardCeiling
        ceiling.cpuMs = 20_000
        #expect(try cpu(LimitsRequest(wallMs: 30_000), LimitsPolicy(ceiling: ceiling)) == 20_000)
    }
}
