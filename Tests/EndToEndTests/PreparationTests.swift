import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What a hostile `prepare` step of an image's build can do, which is nothing but to change the
    /// image. Each build has a data directory of its own, and fetches nothing.
    @Suite
    struct PreparationTests {
        @Test("no attack of a hostile prepare step reaches this machine, and the build goes on")
        func attacks() async throws {
            try await CodeBoxCommand.use { codebox in
                let secret = try codebox.scratch.file("secret", "of the host")
                chmod(secret, 0o644)
                let victim = try ChildProcess("/bin/sleep", ["300"], environment: [:])
                defer { victim.send(SIGKILL) }
                let listener = try Listener()
                defer { listener.close() }
                let build = try await Build(
                    codebox, steps: [["try", secret, "\(victim.pid)", "\(listener.port)"]])
                let result = try await build.run()
                try #require(result.exit == .code(0), "\(result.stderr)")
                let root = try build.builtRoot()
                let lines = try String(contentsOfFile: root + "/usr/share/attacks", encoding: .utf8)
                    .split(separator: "\n")
                #expect(lines.count == 30)
                for line in lines { #expect(!line.hasSuffix("SUCCEEDED"), "\(line)") }
                #expect(HostProcess.state(victim.pid) == "S")
                // What the step made belongs to the builder, as everything else, and has no setuid.
                var status = stat()
                try #require(lstat(root + "/usr/share/attacks", &status) == 0)
                #expect(status.st_uid == getuid() && status.st_mode & 0o7777 == 0o755)
                try #require(lstat(root + "/usr/bin/tool", &status) == 0)
                #expect(status.st_uid == getuid())
            }
        }

        @Test("a daemon that a prepare step leaves is gone before the next step")
        func daemon() async throws {
            try await CodeBoxCommand.use { codebox in
                let build = try await Build(codebox, steps: [["daemon"], ["rest"]])
                let result = try await build.run()
                try #require(result.exit == .code(0), "\(result.stderr)")
                let root = try build.builtRoot()
                #expect(access(root + "/usr/bin/tool", F_OK) == 0)
                #expect(access(root + "/usr/share/daemon-lives", F_OK) != 0)
            }
        }

        @Test("a prepare step that eats memory is ended, and the build fails and says so")
        func memory() async throws {
            try await CodeBoxCommand.use { codebox in
                let build = try await Build(codebox, steps: [["memory"]])
                let result = try await build.run()
                #expect(result.exit != .code(0))
                #expect(
                    result.stderr.contains(
                        "the step '/usr/bin/tool memory' used more than 2048 MiB of memory"),
                    "\(result.stderr)")
                #expect(build.hasNoImage)
            }
        }

        @Test("a link that a prepare step puts in a folder's place leads to no file of the host")
        func links() async throws {
            try await CodeBoxCommand.use { codebox in
                try codebox.scratch.lay("the host's", at: "host-etc/passwd")
                let theirs = codebox.scratch.path + "/host-etc"
                let build = try await Build(codebox, steps: [["replace", theirs]])
                let result = try await build.run()
                #expect(result.exit != .code(0))
                #expect(
                    result.stderr.contains("/etc of the image is not a folder"), "\(result.stderr)")
                let text = try String(contentsOfFile: theirs + "/passwd", encoding: .utf8)
                #expect(text == "the host's")
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: theirs) == ["passwd"])
                #expect(build.hasNoImage)
            }
        }

        @Test("a prepare step that fails says how it ended and what it wrote, and leaves no image")
        func failing() async throws {
            try await CodeBoxCommand.use { codebox in
                let build = try await Build(codebox, steps: [["nonsense"]])
                let result = try await build.run()
                #expect(result.exit != .code(0))
                #expect(
                    result.stderr.contains(
                        "the image of 'hostile' was not built: the step '/usr/bin/tool nonsense' "
                            + "failed with exit code 64"), "\(result.stderr)")
                #expect(build.hasNoImage)
            }
        }

        // MARK: Helpers

        /// A build of an image that holds one static program, as a wheel that lies in the cache.
        private struct Build {
            private let codebox: CodeBoxCommand
            private let data: String
            private let runtimes: String

            init(_ codebox: CodeBoxCommand, steps: [[String]]) async throws {
                self.codebox = codebox
                data = codebox.scratch.path + "/own-data"
                runtimes = codebox.scratch.path + "/own-runtimes"
                let files = FileManager.default
                let wheels = data + "/cache/wheels"
                try files.createDirectory(atPath: wheels, withIntermediateDirectories: true)
                let folder = codebox.scratch.path + "/wheel/tiny"
                try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
                let program = URL(fileURLWithPath: HostProcess.link(getpid(), "exe"))
                    .deletingLastPathComponent().appendingPathComponent("hostile-preparation").path
                try files.copyItem(atPath: program, toPath: folder + "/tool")
                let wheel = wheels + "/tiny_tool-1.0-py3-none-any.whl"
                _ = try await Self.output(
                    "/usr/bin/python3", ["-m", "zipfile", "-c", wheel, folder])
                let sum = try await Self.output("/usr/bin/sha256sum", [wheel])
                let commands = steps.map { step in
                    let words = (["/usr/bin/tool"] + step).map { "\"\($0)\"" }
                    return "    - [\(words.joined(separator: ", "))]\n"
                }
                try codebox.scratch.lay(
                    """
                    name: hostile
                    version: "1"
                    entrypoint: main.x
                    command: [/usr/bin/tool, "{entrypoint}"]
                    image:
                      wheels:
                        - name: tiny-tool
                          version: "1.0"
                          sha256: [\(sum.prefix(64))]
                          files: [{from: tiny/tool, to: usr/bin/tool, executable: true}]
                      links: {usr/share/alias: ../bin/tool}
                      prepare:
                    \(commands.joined())
                    """, at: "own-runtimes/hostile/manifest.yaml")
            }

            func run() async throws -> CodeBoxCommand.Result {
                try await codebox(
                    "runtime", "build", "hostile",
                    environment: ["CODEBOX_DATA_DIR": data, "CODEBOX_RUNTIMES_DIR": runtimes],
                    within: .seconds(60))
            }

            func builtRoot() throws -> String {
                let digest = try String(contentsOfFile: data + "/tags/hostile", encoding: .utf8)
                    .trimmingCharacters(in: .newlines)
                return "\(data)/images/\(digest)/rootfs"
            }

            /// Neither an image nor a part of one is left.
            var hasNoImage: Bool {
                let files = FileManager.default
                let left = ["images", "tags", "build"].flatMap {
                    (try? files.contentsOfDirectory(atPath: "\(data)/\($0)")) ?? []
                }
                return left.isEmpty
            }

            private static func output(
                _ program: String, _ arguments: [String]
            ) async throws -> String {
                let process = try ChildProcess(program, arguments, environment: [:])
                try #require(
                    await process.wait(within: .seconds(30)) == .code(0), "\(process.stderr.text)")
                _ = await process.stdout.end(within: .seconds(5))
                return process.stdout.text
            }
        }

        /// A port of the host's loopback that accepts connections.
        private struct Listener {
            private let descriptor: Int32
            let port: UInt16

            init() throws {
                let raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
                var length = socklen_t(MemoryLayout<sockaddr_in>.size)
                let status = withUnsafeMutablePointer(to: &address) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        bind(raw, $0, length) + listen(raw, 8) + getsockname(raw, $0, &length)
                    }
                }
                try #require(status == 0, "\(String(cString: strerror(errno)))")
                descriptor = raw
                port = UInt16(bigEndian: address.sin_port)
            }

            func close() { Glibc.close(descriptor) }
        }
    }
}
