import Foundation
import Glibc
import Testing

/// The `codebox` command with a separate data directory, for one test.
struct CodeBoxCommand: Sendable {
    struct Result: Sendable {
        var exit: ChildProcess.Exit
        var stdout: String
        var stderr: String
    }

    let scratch: Scratch

    /// Runs the body and asserts that no process, cgroup, mount or temporary file is left.
    static func use(_ body: (CodeBoxCommand) async throws -> Void) async throws {
        let command = CodeBoxCommand(scratch: try Scratch())
        let before = HostState.now(of: command.scratch)
        defer { command.scratch.remove() }
        try await body(command)
        let grown = await remaining(after: .seconds(10)) {
            HostState.now(of: command.scratch).grown(since: before)
        }
        #expect(grown == nil)
        let processes = await remaining(after: .seconds(5)) { () -> [HostProcess]? in
            let alive = HostProcess.all().filter { process in
                process.arguments.contains { $0.contains(command.scratch.path) }
            }
            return alive.isEmpty ? nil : alive
        }
        #expect(processes == nil)
        #expect(command.scratch.temporaryFiles == [])
    }

    func start(
        _ arguments: [String], stdin: String = "", environment: [String: String] = [:]
    ) throws -> ChildProcess {
        var all = Installation.environment(scratch: scratch.path)
        all["CODEBOX_DATA_DIR"] = scratch.data
        all.merge(environment) { $1 }
        return try ChildProcess(
            Installation.binary, arguments, environment: all, stdin: Array(stdin.utf8))
    }

    func callAsFunction(
        _ arguments: String..., stdin: String = "", environment: [String: String] = [:],
        within limit: Duration = .seconds(40)
    ) async throws -> Result {
        let process = try start(arguments, stdin: stdin, environment: environment)
        return try await finish(process, within: limit)
    }

    func finish(_ process: ChildProcess, within limit: Duration = .seconds(40)) async throws
        -> Result
    {
        guard let exit = await process.wait(within: limit) else {
            process.send(SIGKILL)
            throw CodeBoxServer.Failed(
                description: "codebox did not end:\n\(process.stdout.text)\(process.stderr.text)")
        }
        _ = await process.stdout.end(within: .seconds(5))
        _ = await process.stderr.end(within: .seconds(5))
        return Result(exit: exit, stdout: process.stdout.text, stderr: process.stderr.text)
    }
}
