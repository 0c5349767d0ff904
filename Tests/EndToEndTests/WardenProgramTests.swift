import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// `codebox-warden`, the program that root runs.
    @Suite(.timeLimit(.minutes(1)))
    struct WardenProgramTests {
        private var path: String {
            get throws {
                URL(fileURLWithPath: Installation.binary).deletingLastPathComponent()
                    .appendingPathComponent("codebox-warden").path
            }
        }

        @Test("the warden's program is of the server's version")
        func version() async throws {
            try await CodeBoxCommand.use { codebox in
                let server = try await codebox("--version")
                let warden = try ChildProcess(
                    try path, ["--version"],
                    environment: Installation.environment(scratch: codebox.scratch.path))
                let result = try await codebox.finish(warden)
                #expect(result.exit == .code(0))
                #expect(!result.stdout.isEmpty && result.stdout == server.stdout)
            }
        }

        @Test(
            "root's program holds none of the server's code",
            arguments: ["NIOCore", "NIOPosix", "GRDB", "sqlite3_step", "Hummingbird", "Yams"])
        func contents(_ name: String) throws {
            let program = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
            #expect(program.range(of: Data(name.utf8)) == nil)
            let server = try Data(
                contentsOf: URL(fileURLWithPath: Installation.binary), options: .alwaysMapped)
            #expect(server.range(of: Data(name.utf8)) != nil, "the test looks for the wrong name")
        }

        @Test("root maps no library of the server's")
        func libraries() async throws {
            try await withServer { server in
                try await server.ready()
                let warden = try #require(server.part(.warden))
                let maps = try #require(HostProcess.read("/proc/\(warden.pid)/maps"))
                for name in ["libFoundation", "libsqlite3", "libcurl", "libxml2"] {
                    #expect(!maps.contains(name), "\(name)")
                }
            }
        }
    }
}
