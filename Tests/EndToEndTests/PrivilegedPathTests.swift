import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// Root opens, changes and follows nothing that somebody else could replace. Needs root, since
    /// it gives files to others.
    @Suite
    struct PrivilegedPathTests {
        /// Some ordinary user.
        private static let stranger: uid_t = 12_345

        private func give(_ path: String, to owner: uid_t = stranger) throws {
            try #require(lchown(path, owner, owner) == 0, "run the tests as root")
        }

        private func folder(_ path: String, owner: uid_t? = nil, mode: mode_t = 0o755) throws {
            try #require(mkdir(path, mode) == 0)
            try #require(chmod(path, mode) == 0)
            if let owner { try give(path, to: owner) }
        }

        /// What is said on stderr by a command that must fail for its configuration.
        private func refusal(_ codebox: CodeBoxCommand, _ arguments: [String]) async throws
            -> String
        {
            let result = try await codebox.finish(
                codebox.start(arguments), within: .seconds(20))
            #expect(result.exit == .code(78), "\(result.exit) \(result.stdout)")
            #expect(!result.stdout.contains("listening"))
            return result.stderr
        }

        @Test("a data directory below a folder of another user's is refused, naming the folder")
        func foreignFolder() async throws {
            try await CodeBoxCommand.use { codebox in
                let theirs = codebox.scratch.path + "/theirs"
                try folder(theirs, owner: Self.stranger)
                let data = theirs + "/data"
                let said = try await refusal(codebox, ["serve", "--port", "0", "--data-dir", data])
                #expect(said.contains("\(theirs) belongs to"), "\(said)")
                #expect(said.contains("(uid 12345)") && said.contains("--data-dir"))
                #expect(access(data, F_OK) != 0, "nothing was made there")
                // What others may write, they may replace too.
                let open = codebox.scratch.path + "/open"
                try folder(open, mode: 0o777)
                let also = try await refusal(
                    codebox, ["serve", "--port", "0", "--data-dir", open + "/data"])
                #expect(also.contains("\(open) can be written by others (mode 777)"), "\(also)")
            }
        }

        @Test("a data directory behind another user's link is refused; behind root's it is taken")
        func links() async throws {
            let scratch = try Scratch()
            let link = scratch.path + "/link"
            try #require(symlink(scratch.data, link) == 0)
            try await withServer(scratch: scratch, arguments: ["--data-dir", link]) { server in
                let answer = try await server.api.run(JobBody(.bash, "echo on"))
                #expect(answer.stdout.text == "on\n")
            }
            try await CodeBoxCommand.use { codebox in
                let theirs = codebox.scratch.path + "/link"
                try #require(symlink(codebox.scratch.data, theirs) == 0)
                try give(theirs)
                let said = try await refusal(
                    codebox, ["serve", "--port", "0", "--data-dir", theirs])
                #expect(said.contains("\(theirs) belongs to"), "\(said)")
            }
        }

        @Test("images, tags and the server's folders of another user's are refused")
        func insides() async throws {
            for name in ["images", "tags", "db", "run"] {
                try await CodeBoxCommand.use { codebox in
                    let path = codebox.scratch.data + "/" + name
                    unlink(path)
                    try folder(path, owner: Self.stranger, mode: 0o700)
                    let said = try await refusal(codebox, ["serve", "--port", "0"])
                    #expect(said.contains("\(path) belongs to"), "\(said)")
                    #expect(said.contains("12345"))
                }
            }
        }

        @Test(
            "commands that root runs on images refuse a data directory of another user's",
            arguments: [["runtime", "list"], ["runtime", "build", "bash"], ["doctor"]])
        func commands(_ arguments: [String]) async throws {
            try await CodeBoxCommand.use { codebox in
                let theirs = codebox.scratch.path + "/theirs"
                try folder(theirs, owner: Self.stranger)
                let said = try await refusal(codebox, arguments + ["--data-dir", theirs])
                #expect(said.contains("\(theirs) belongs to"), "\(said)")
                let runtimes = try await refusal(codebox, arguments + ["--runtimes-dir", theirs])
                #expect(runtimes.contains("runtimes directory"), "\(runtimes)")
            }
        }

        @Test("a configuration file of another user's is refused, and not repeated")
        func configuration() async throws {
            try await CodeBoxCommand.use { codebox in
                let file = try codebox.scratch.file("codebox.yaml", "secret-of-theirs: 1\n")
                try give(file)
                let said = try await refusal(codebox, ["config", "--config", file])
                #expect(said.contains("\(file) belongs to"), "\(said)")
                #expect(!said.contains("secret-of-theirs"))
                let fifo = codebox.scratch.path + "/fifo"
                try #require(mkfifo(fifo, 0o600) == 0)
                #expect(
                    try await refusal(codebox, ["config", "--config", fifo])
                        .contains("not a plain file"))
            }
        }

        @Test("a key file is a plain file of root's or the service user's, behind names of root's")
        func keyFile() async throws {
            try await CodeBoxCommand.use { codebox in
                let scratch = codebox.scratch
                let secret = try scratch.file("secret", "root:the-hash-of-root's-password:1\n")
                chmod(secret, 0o600)
                let theirs = scratch.path + "/theirs"
                try folder(theirs, owner: Self.stranger)
                // As the service user might, in a folder of its own: a link to root's file.
                try #require(symlink(secret, theirs + "/link") == 0)
                let link = scratch.path + "/link"
                try #require(symlink(secret, link) == 0)
                try give(link)
                let fifo = scratch.path + "/fifo"
                try #require(mkfifo(fifo, 0o600) == 0)
                let foreign = try scratch.file("foreign", "their-secret-words-and-more\n")
                chmod(foreign, 0o600)
                try give(foreign)
                let names = [theirs + "/link", link, fifo, foreign, theirs]
                for name in names {
                    let said = try await refusal(
                        codebox, ["serve", "--port", "0", "--api-keys-file", name])
                    #expect(said.contains(name), "\(said)")
                    #expect(!said.contains("hash-of-root") && !said.contains("secret-words"))
                }
            }
        }

        @Test("what the server's user put in place of the port's file is replaced, not followed")
        func portFile() async throws {
            let scratch = try Scratch()
            let run = scratch.data + "/run"
            try folder(run, mode: 0o700)
            let victim = try scratch.file("victim", "untouched")
            chmod(victim, 0o666)
            try #require(symlink(victim, run + "/port") == 0)
            try #require(symlink(victim, run + "/port.new") == 0)
            try await withServer(scratch: scratch) { server in
                try await server.ready()
                var status = stat()
                #expect(lstat(run + "/port", &status) == 0)
                #expect(status.st_mode & S_IFMT == S_IFREG)
                let port = try String(contentsOfFile: run + "/port", encoding: .utf8)
                #expect(server.api.base.hasSuffix(":" + port.trimmingCharacters(in: .newlines)))
                #expect(try String(contentsOfFile: victim, encoding: .utf8) == "untouched")
            }
        }
    }
}
