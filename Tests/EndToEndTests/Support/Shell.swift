import Foundation
import Glibc

/// Runs lines like an interactive shell: in one folder, and with the last line's `$?`.
struct Shell {
    struct Result {
        var status: Int32
        var stdout: String
        var stderr: String
    }

    private let folder: String
    private let environment: [String: String]
    private var lastStatus: Int32 = 0

    /// - Parameter server: the server that `codebox` talks to, and whose images it uses.
    init(server: CodeBoxServer) throws {
        folder = server.scratch.path + "/shell"
        let programs = folder + "/bin"
        try FileManager.default.createDirectory(
            atPath: programs, withIntermediateDirectories: true)
        // Another shell of the same server has made the link already.
        if symlink(Installation.binary, programs + "/codebox") != 0 && errno != EEXIST {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        var environment = Installation.environment(scratch: server.scratch.path)
        environment["PATH"] = programs + ":" + (environment["PATH"] ?? "")
        environment["CODEBOX_SERVER"] = server.api.base
        environment["CODEBOX_DATA_DIR"] = server.scratch.data
        self.environment = environment
    }

    mutating func run(_ line: String, within limit: Duration = .seconds(30)) async throws -> Result
    {
        let script = "cd '\(folder)'; (exit \(lastStatus))\n\(line)"
        let process = try ChildProcess("/bin/bash", ["-c", script], environment: environment)
        guard case .code(let status) = await process.wait(within: limit) else {
            process.send(SIGKILL)
            throw CodeBoxServer.Failed(
                description: "\(line)\n\(process.stdout.text)\(process.stderr.text)")
        }
        _ = await process.stdout.end(within: .seconds(5))
        _ = await process.stderr.end(within: .seconds(5))
        lastStatus = status
        return Result(status: status, stdout: process.stdout.text, stderr: process.stderr.text)
    }
}
