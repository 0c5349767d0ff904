import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes

/// `codebox runtime new`.
struct RuntimeNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write the folder of a new runtime.",
        discussion: """
            The folder has a manifest and tests. It can be built and passes its tests as it is; \
            change it step by step from there.

            Examples:
              codebox runtime new lua && codebox runtime build lua && codebox runtime test lua
              codebox runtime new science --from python
            """)

    @Argument(help: "Name of the runtime: lower-case letters, digits, '-', '_' and '.'.")
    var name: String
    @Option(help: ArgumentHelp("Copy this runtime's manifest and tests.", valueName: "runtime"))
    var from: String?
    @OptionGroup var data: DataOptions

    func run() throws {
        let directory = try data.settings().runtimesDirectory
        let template: RuntimeTemplate
        if let from {
            let original = try RuntimeSelection.folders([from], in: directory)[0]
            template = try RuntimeTemplate(name: name, from: original)
        } else {
            template = try RuntimeTemplate(name: name)
        }
        let folder = try template.write(in: directory)
        Console.line(folder)
        Console.error("next: codebox runtime build \(name) && codebox runtime test \(name)")
    }
}
