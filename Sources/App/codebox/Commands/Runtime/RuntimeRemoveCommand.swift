import CodeBoxConfiguration
import ArgumentParser
import CodeBoxCore
import CodeBoxRuntimes

/// `codebox runtime remove`.
struct RuntimeRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Delete images.")

    @Argument(
        help: ArgumentHelp(
            "Names of runtimes, or digests of images or beginnings of digests.", valueName: "image")
    )
    var references: [String] = []
    @Flag(help: "Delete every image that no tag points to.") var unused = false
    @Flag(help: "Delete also the current image of a runtime.") var force = false
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
