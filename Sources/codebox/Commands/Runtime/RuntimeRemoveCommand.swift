import ArgumentParser
import CodeBoxCLI
import CodeBoxCore
import CodeBoxRuntimes

/// `codebox runtime remove`.
struct RuntimeRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Deletes images.")

    @Argument(
        help: ArgumentHelp(
            "Runtimes' names, or images' digests or the beginnings of some.", valueName: "image"))
    var references: [String] = []
    @Flag(help: "Delete every image that no runtime's name points at.") var unused = false
    @Flag(help: "Delete even a runtime's current image.") var force = false
    @OptionGroup var data: DataOptions

    func validate() throws {
        if references.isEmpty, !unused { throw ValidationError("name an image, or give --unused") }
    }

    func run() throws {
        let store = ImageStore(dataDirectory: try data.settings().dataDirectory)
        var digests: [String] = []
        for reference in references { digests.append(try store.find(reference)) }
        if unused {
            let used = Set(store.tagNames().compactMap { store.current($0) })
            digests += store.digests().filter { !used.contains($0) && !digests.contains($0) }
        }
        for digest in digests {
            try store.remove(digest, force: force)
            Console.error("removed \(digest.prefix(12))")
        }
    }
}
