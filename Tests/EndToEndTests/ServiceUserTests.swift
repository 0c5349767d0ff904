import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// The user that the server runs as. Needs root, and gives `codebox` an /etc of its own, in a
    /// mount namespace, so that this machine's users stay as they are.
    @Suite
    struct ServiceUserTests {
        /// A copy of /etc without the user and the group `codebox`.
        private func copyOfEtc(_ scratch: Scratch) throws -> String {
            let copy = scratch.path + "/etc"
            try FileManager.default.copyItem(atPath: "/etc", toPath: copy)
            for name in ["passwd", "shadow", "group", "gshadow"] {
                let file = copy + "/" + name
                guard let text = HostProcess.read(file) else { continue }
                let lines = text.split(separator: "\n").filter { !$0.hasPrefix("codebox:") }
                let rest = lines.joined(separator: "\n") + "\n"
                try Data(rest.utf8).write(to: URL(fileURLWithPath: file))
            }
            return copy
        }

        /// Runs a script with that copy in the place of /etc.
        private func start(
            _ script: String, _ scratch: Scratch, etc: String, options: String = "bind"
        ) throws -> ChildProcess {
            let words = """
                set -e
                mount --bind "$ETC" /etc
                mount -o remount,\(options) /etc
                \(script)
                """
            var environment = Installation.environment(scratch: scratch.path)
            environment["ETC"] = etc
            environment["CODEBOX"] = Installation.binary
            environment["DATA"] = scratch.data
            return try ChildProcess(
                "/usr/bin/unshare", ["--mount", "--", "/bin/sh", "-c", words],
                environment: environment)
        }

        /// The fields of a user's line in a passwd file.
        private func entry(_ name: String, in etc: String) throws -> [String]? {
            let text = try String(contentsOfFile: etc + "/passwd", encoding: .utf8)
            let lines = text.split(separator: "\n").filter { $0.hasPrefix(name + ":") }
            #expect(lines.count < 2)
            return lines.first.map {
                $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            }
        }

        @Test("when root starts two servers at once and there is no user codebox, it is made once")
        func creation() async throws {
            let scratch = try Scratch()
            defer { scratch.remove() }
            let etc = try copyOfEtc(scratch)
            let other = scratch.path + "/other"
            try FileManager.default.copyItem(atPath: scratch.data, toPath: other)
            let process = try start(
                """
                "$CODEBOX" serve --port 0 --data-dir "$DATA" & first=$!
                "$CODEBOX" serve --port 0 --data-dir "\(other)" & second=$!
                trap 'kill $first $second; wait $first; wait $second; exit 0' TERM
                wait
                """, scratch, etc: etc)
            let listening = await process.stdout.wait(within: .seconds(30)) { text in
                text.matches(of: #/codebox: listening on/#).count == 2
            }
            #expect(listening, "\(process.stdout.text)\(process.stderr.text)")
            let user = try #require(try entry("codebox", in: etc))
            #expect(user[2] != "0" && user[2] != "65534")
            #expect(user[5] == "/nonexistent" && user[6] == "/usr/sbin/nologin")
            let servers = HostProcess.descendants(of: process.pid).filter {
                $0.arguments.dropFirst().first == "server"
            }
            #expect(servers.count == 2)
            for server in servers {
                #expect(server.status("Uid")?.hasPrefix(user[2] + "\t") == true)
            }
            process.send(SIGTERM)
            #expect(await process.wait(within: .seconds(40)) == .code(0))
        }

        @Test("where the user can't be made the error names the command to run")
        func failure() async throws {
            let scratch = try Scratch()
            defer { scratch.remove() }
            let etc = try copyOfEtc(scratch)
            let process = try start(
                "exec \"$CODEBOX\" serve --port 0 --data-dir \"$DATA\"", scratch, etc: etc,
                options: "bind,ro")
            #expect(await process.wait(within: .seconds(60)) == .code(78))
            _ = await process.stderr.end(within: .seconds(5))
            #expect(
                process.stderr.text.contains("run: useradd --system --user-group"),
                "\(process.stderr.text)")
            #expect(try entry("codebox", in: etc) == nil)
        }

        @Test(
            "nobody, root and users that don't exist are refused with what to do",
            arguments: [
                ("nobody", "leave out --user"), ("root", "must not run as root"),
                ("no-such-user", "run: useradd --system"),
            ])
        func refusals(_ name: String, _ word: String) async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox("serve", "--port", "0", "--user", name)
                #expect(result.exit == .code(78))
                #expect(result.stderr.contains(word), "\(result.stderr)")
                #expect(getpwnam("no-such-user") == nil)
            }
        }

        @Test("doctor says which user the server runs as, and whether Landlock is there")
        func doctor() async throws {
            try await CodeBoxCommand.use { codebox in
                let result = try await codebox("doctor")
                #expect(result.exit == .code(0), "\(result.stdout)")
                #expect(result.stdout.contains(#/ok +service user +codebox/#))
                #expect(result.stdout.contains(#/(ok|warn) +landlock/#))
            }
        }
    }
}
