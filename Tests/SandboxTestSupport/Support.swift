package import CodeBoxCore
package import CodeBoxSandbox
package import CodeBoxSandboxClient
package import CodeBoxWarden
import Foundation
import Logging
import Testing

/// What the sandbox's tests share: the built binary, the built images, a warden of one's own.
package enum Support {
    /// The `codebox` that was built with these tests.
    package static var executable: String {
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
    package static var dataDirectory: String {
        ProcessInfo.processInfo.environment["CODEBOX_TEST_IMAGES"] ?? "/var/lib/codebox"
    }

    package static func digest(_ runtime: String) throws -> String {
        let tag = "\(dataDirectory)/tags/\(runtime)"
        let text = try #require(
            try? String(contentsOfFile: tag, encoding: .utf8),
            "no image of \(runtime) at \(tag): `make runtimes` builds it")
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A program that is installed beside `codebox`.
    package static func beside(_ name: String) throws -> String {
        URL(filePath: try executable).deletingLastPathComponent().appending(path: name).path
    }

    /// How the warden that was built with these tests is started.
    package static func warden(_ options: WardenOptions) throws -> WardenLaunch {
        WardenLaunch(try beside("codebox-warden"), options, owners: nil)
    }

    /// Runs the body with a client whose warden is its own; both are gone afterwards.
    package static func withWarden<Value>(
        images: String? = nil, policy: WarmPoolPolicy = WardenClient.nothingWarm,
        _ body: (WardenClient) async throws -> Value
    ) async throws -> Value {
        let warden = try warden(
            WardenOptions(
                socketFD: 3, lifelineFD: 4, imagesDirectory: images ?? "\(dataDirectory)/images",
                initPath: try beside("codebox-init")))
        let client = try WardenClient.spawn(
            policy: policy, logger: Logger(label: "test")
        ) { descriptors, output throws(CodeBoxError) in
            try warden.start(descriptors: descriptors, output: output)
        }
        do {
            let value = try await body(client)
            await client.shutdown()
            return value
        } catch {
            await client.shutdown()
            throw error
        }
    }

    package static func bash(_ script: String) -> SandboxProgram {
        SandboxProgram(
            command: ["/bin/bash", "-c", script], environment: ["PATH": "/usr/bin:/bin"])
    }
}

extension CapturedOutput {
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}
