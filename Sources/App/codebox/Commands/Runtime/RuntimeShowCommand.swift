import CodeBoxConfiguration
import ArgumentParser
import CodeBoxCore
import CodeBoxRuntimes

/// `codebox runtime show`.
struct RuntimeShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an image: manifest, packages, and with --verify its integrity.")

    @Argument(help: "Name of a runtime, or digest of an image or the beginning of one.")
    var reference: String
    @OptionGroup var data: DataOptions
    @Flag(help: "Read the whole image and compare it with its digest.") var verify = false
    @Flag(help: "List every package in the image.") var packages = false
    @Flag(help: "Print JSON.") var json = false

    private struct Document: Encodable {
        var name: String
        var version: String
        var aliases: [String]
        var digest: String
        var rootfs: String
        var command: [String]
        var entrypoint: String
        var environment: [String: String]
        /// The kind of interpreter that is forked for jobs; absent without a zygote.
        var zygote: String?
        var preload: [String]
        var limits: LimitsRequest
        var packages: [String]
    }

    func run() throws {
        let store = ImageStore(dataDirectory: try data.settings().dataDirectory)
        let digest = try store.find(reference)
        let image = try store.installed(digest: digest)
        let inside = try store.packages(digest)
        if verify { try store.verify(digest) }
        if json { try printJSON(image, inside) } else { printText(image, inside) }
    }

    private func printJSON(_ image: InstalledRuntime, _ inside: [String]) throws {
        let manifest = image.manifest
        try JSONOutput.print(
            Document(
                name: manifest.name, version: manifest.version, aliases: manifest.aliases,
                digest: image.identity.digest, rootfs: image.rootfs, command: manifest.command,
                entrypoint: manifest.entrypoint, environment: manifest.environment,
                zygote: Self.zygote(of: manifest)?.kind.rawValue,
                preload: Self.zygote(of: manifest)?.preload ?? [],
                limits: manifest.limits, packages: inside))
    }

    private static func zygote(of manifest: RuntimeManifest) -> RuntimeZygote? {
        manifest.zygote.flatMap { $0.isOff ? nil : $0 }
    }

    private func printText(_ image: InstalledRuntime, _ inside: [String]) {
        let manifest = image.manifest
        var table = TextTable([])
        table.add(["name", manifest.name])
        table.add(["version", manifest.version])
        if !manifest.aliases.isEmpty {
            table.add(["aliases", manifest.aliases.joined(separator: ", ")])
        }
        table.add(["digest", image.identity.digest + (verify ? " (verified)" : "")])
        table.add(["rootfs", image.rootfs])
        table.add(["command", manifest.command.joined(separator: " ")])
        for (name, value) in manifest.environment.sorted(by: { $0.key < $1.key }) {
            table.add(["env", "\(name)=\(value)"])
        }
        if let zygote = Self.zygote(of: manifest) {
            table.add(["zygote", zygote.kind.rawValue])
            if !zygote.preload.isEmpty {
                table.add(["preload", zygote.preload.joined(separator: " ")])
            }
        }
        table.add(["packages", "\(inside.count)"])
        Console.lines(table.lines())
        if packages { Console.lines(inside.map { "  \($0)" }) }
    }
}
