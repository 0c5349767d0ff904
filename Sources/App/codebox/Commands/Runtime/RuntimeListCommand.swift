import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes

/// `codebox runtime list`.
struct RuntimeListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List runtimes, built or not, and old images.")

    @OptionGroup var data: DataOptions
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let settings = try data.settings()
        let rows = try RuntimeRow.all(
            store: ImageStore(dataDirectory: settings.dataDirectory),
            runtimesDirectory: settings.runtimesDirectory)
        guard !json else { return try JSONOutput.print(rows) }
        guard !rows.isEmpty else {
            return Console.error(
                "no images in \(settings.dataDirectory), no runtimes in "
                    + settings.runtimesDirectory
            )
        }
        var table = TextTable(["RUNTIME", "VERSION", "IMAGE", "STATE"])
        for row in rows {
            let digest = row.digest.map { String($0.prefix(12)) } ?? "-"
            table.add([row.name, row.version ?? "-", digest, row.state.text])
        }
        Console.lines(table.lines())
    }
}
