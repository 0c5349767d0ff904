import Foundation
import Testing

extension EndToEnd {
    @Suite(.server)
    struct ReadmeTests {
        private static let root = URL(fileURLWithPath: Installation.runtimes)
            .deletingLastPathComponent()

        private static var id: Regex<Substring> { #/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/# }

        @Test("every command in the README runs, and its output looks as the README shows it")
        func commands() async throws {
            let file = Self.root.appendingPathComponent("README.md")
            let readme = Document(try String(contentsOf: file, encoding: .utf8))
            #expect(readme.commands.count > 10)
            var shell = try Shell(server: try server)
            // The ids that the README shows, and those that stand in their place here.
            var ids: [String: String] = [:]
            for command in readme.commands {
                let result = try await shell.run(try line(command.text, ids))
                let told = Comment(
                    rawValue: "\(command)\n\(result.status)\n\(result.stdout)\(result.stderr)")
                guard let shown = command.output else {
                    #expect(result.status == 0, told)
                    continue
                }
                #expect(isAlike(shown, result), told)
                if let old = shown.first?.firstMatch(of: Self.id),
                    let new = result.stdout.firstMatch(of: Self.id)
                {
                    ids[String(old.output)] = String(new.output)
                }
            }
        }

        /// The command for this machine: the test's own server and binary, and no long build.
        private func line(_ text: String, _ ids: [String: String]) throws -> String {
            var line = text
            for (old, new) in ids { line.replace(old, with: new) }
            line.replace("localhost:8080", with: try server.api.base)
            line.replace(".build/release/codebox", with: Installation.binary)
            line.replace(" NAME", with: " bash")
            // The suite's own server runs already.
            line.replace(#/ serve( |$)/#) { " serve --help\($0.output.1)" }
            line.replace(#/^make /#, with: "make --dry-run -C '\(Self.root.path)' ")
            return line
        }

        /// Whether a result has the form of what is shown; numbers, ids and times may differ.
        private func isAlike(_ shown: [String], _ result: Shell.Result) -> Bool {
            if shown.first?.hasPrefix("{") == true {
                let sample = shape(of: shown.joined(separator: "\n"))
                return sample != nil && sample == shape(of: result.stdout)
            }
            let lines = (result.stdout + result.stderr).split(separator: "\n").map(String.init)
            if shown.last == "…" {
                // Machines differ in what they say: the names of the checks alone are compared.
                let names = Set(lines.map(name))
                return shown.dropLast().allSatisfy { names.contains(name($0)) }
            }
            var rest = lines.map(form)[...]
            return shown.map(form).allSatisfy { line in
                guard let index = rest.firstIndex(of: line) else { return false }
                rest = rest[(index + 1)...]
                return true
            }
        }

        /// The second column, of lines whose columns are two spaces or more apart.
        private func name(_ line: String) -> String {
            let columns = line.split(separator: #/ {2,}/#)
            return columns.count > 1 ? String(columns[1]) : line
        }

        private func form(_ line: String) -> String {
            line.replacing(Self.id, with: "ID").replacing(#/\b[0-9a-f]{12}\b/#, with: "DIGEST")
                .replacing(#/[0-9]+/#, with: "0").replacing(#/ +/#, with: " ")
                .trimmingCharacters(in: .whitespaces)
        }

        /// A JSON document with every value replaced by its kind; nil if it is no JSON.
        private func shape(of text: String) -> String? {
            guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
            else { return nil }
            return value.shape
        }
    }
}

extension JSONValue {
    /// The kinds of all values, under their names in order.
    fileprivate var shape: String {
        switch self {
        case .object(let members):
            let names = members.keys.sorted()
            return "{" + names.map { "\($0): \(members[$0]?.shape ?? "")" }.joined(separator: ", ")
                + "}"
        case .array(let values): return "[" + values.map(\.shape).joined(separator: ", ") + "]"
        case .string: return "string"
        case .number: return "number"
        case .bool: return "bool"
        case .null: return "null"
        }
    }
}
