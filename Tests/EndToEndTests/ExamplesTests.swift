import Foundation
import Testing

extension EndToEnd {
    /// The programs in `examples/`, against a real server.
    @Suite(.server)
    struct ExamplesTests {
        private static let folder = URL(fileURLWithPath: Installation.runtimes)
            .deletingLastPathComponent().appendingPathComponent("examples")

        @Test(
            "every example runs and prints what it promises",
            arguments: [
                ("run.sh", ["42", "hello, world", "canceled", #""labels":{"from":"example"}"#]),
                (
                    "client.py",
                    [
                        #"A result: exited 'desserts\n'"#, "never ends: cpu_time_exceeded",
                        #"A stored job: '1,2,3\n'"#,
                        "A refusal: limit_out_of_range limits.memory_bytes",
                    ]
                ),
                (
                    "grader.py",
                    ["case 2: wrong answer", "case 3: too slow", "3 of 5 correct"]
                ),
            ])
        func example(file: String, prints: [String]) async throws {
            var shell = try Shell(server: try server)
            let path = Self.folder.appendingPathComponent(file).path
            let result = try await shell.run("'\(path)'")
            #expect(result.status == 0, Comment(rawValue: result.stderr))
            for text in prints { #expect(result.stdout.contains(text)) }
        }

        @Test("the folder has no example that is not tested")
        func all() throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            #expect(Set(names) == ["README.md", "run.sh", "client.py", "grader.py"])
        }
    }
}
