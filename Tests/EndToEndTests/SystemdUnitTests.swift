import Foundation
import Testing

extension EndToEnd {
    /// `packaging/systemd/codebox.service` as a text. Tests/guest/systemd_unit.py starts it.
    @Suite
    struct SystemdUnitTests {
        private let unit: SystemdUnit

        init() throws {
            unit = try SystemdUnit(path: SystemdUnit.packaged)
        }

        @Test("systemd takes the unit without a complaint")
        func verify() async throws {
            let scratch = try Scratch()
            defer { scratch.remove() }
            // systemd-analyze wants the program to be there.
            let text = unit.text.replacing(
                "/usr/local/bin/codebox ", with: Installation.binary + " ")
            let file = try scratch.file("codebox.service", text)
            let process = try ChildProcess(
                "/usr/bin/systemd-analyze", ["verify", "--man=no", file],
                environment: Installation.environment(scratch: scratch.path))
            let exit = await process.wait(within: .seconds(30))
            _ = await process.stderr.end(within: .seconds(5))
            // Of other units on this machine it may complain as well.
            let complaints = process.stderr.text.split(separator: "\n").filter {
                $0.contains("codebox.service") && !$0.contains("DelegateSubgroup")
            }
            #expect(complaints.isEmpty)
            #expect(exit == .code(0), "\(process.stderr.text)")
        }

        @Test("the unit starts a command that there is, with options that its help names")
        func command() async throws {
            let words = try #require(unit["ExecStart"].first).split(separator: " ").map(String.init)
            #expect(words.first == "/usr/local/bin/codebox")
            try await CodeBoxCommand.use { codebox in
                let options = words.dropFirst().filter { $0.hasPrefix("-") }
                let command = words.dropFirst().filter { !$0.hasPrefix("-") }
                #expect(command == ["serve"])
                let help = try await codebox.finish(codebox.start(command + ["--help"]))
                #expect(help.exit == .code(0))
                for option in options {
                    let name = option.prefix { $0 != "=" }
                    #expect(help.stdout.contains(name), "\(option)")
                }
            }
        }
    }
}
