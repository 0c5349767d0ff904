import CodeBoxCore
import CodeBoxSandbox
import Foundation
import Logging
import Testing

/// What the sandbox's tests share: the built binary, the built images, a warden of one's own.
enum Support {
    /// The `codebox` that was built with these tests.
    static var executable: String {
        get throws {
            let given = ProcessInfo.processInfo.environment["CODEBOX_BIN"]
            let beside = URL(filePath: CommandLine.arguments[0])
                .deletingLastPathComponent().appending(path: "codebox").path
            let path = given ?? beside
            try #require(
                FileManager.default.isExecutableFile(atPath: path),
                "no codebox at \(path): build it first (make test does)")
            return path
        }
    }

    /// The data directory with the built runtimes.
    static var dataDirectory: String {
        ProcessInfo.processInfo.environment["CODEBOX_TEST_IMAGES"] ?? "/var/lib/codebox"
    }

    static func digest(_ runtime: String) throws -> String {
        let tag = "\(dataDirectory)/tags/\(runtime)"
        let text = try #require(
            try? String(contentsOfFile: tag, encoding: .utf8),
            "no image of \(runtime) at \(tag): `make runtimes` builds it")
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs the body with a client whose warden is its own; both are gone afterwards.
    static func withWarden<Value>(
        images: String? = nil, policy: WarmPoolPolicy = WardenClient.nothingWarm,
        _ body: (WardenClient) async throws -> Value
    ) async throws -> Value {
        let binary = try executable
        let client = try WardenClient.spawn(
            executable: binary,
            arguments: [
                "--socket-fd", "3", "--lifeline-fd", "4",
                "--images", images ?? "\(dataDirectory)/images",
                "--init",
                URL(filePath: binary).deletingLastPathComponent()
                    .appending(path: "codebox-init").path,
            ], policy: policy, logger: Logger(label: "test"))
        do {
            let value = try await body(client)
            await client.shutdown()
            return value
        } catch {
            await client.shutdown()
            throw error
        }
    }

    static func bash(_ script: String) -> SandboxProgram {
        SandboxProgram(
            command: ["/bin/bash", "-c", script], environment: ["PATH": "/usr/bin:/bin"])
    }
}

extension CapturedOutput {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
