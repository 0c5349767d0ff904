import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes

/// `codebox runtime build`.
struct RuntimeBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build images of runtimes.",
        discussion: """
            Without names, builds every runtime of the runtimes directory. An image that was \
            built from the same manifest is kept, unless --force is given. An interrupted build \
            leaves nothing behind.
            """)

    @Argument(help: ArgumentHelp("Runtimes to build.", valueName: "name")) var names: [String] = []
    @OptionGroup var data: DataOptions
    @Flag(help: "Build even if the image is up to date, e.g. for newer packages.") var force = false
    @Flag(help: "Show the output of the tools.") var verbose = false

    func run() async throws {
        let settings = try data.settings()
        let folders = try RuntimeSelection.folders(names, in: settings.runtimesDirectory)
        let builder = ImageBuilder(store: ImageStore(dataDirectory: settings.dataDirectory)) {
            (folder, name) throws(CodeBoxError) in
            try SandboxedPreparation(folder: folder, name: name)
        }
        for folder in folders {
            if !force, builder.isCurrent(folder) {
                Console.error("\(folder.manifest.name): up to date")
            } else {
                try await build(folder, builder)
            }
        }
    }

    private func build(_ folder: RuntimeFolder, _ builder: ImageBuilder) async throws {
        let name = folder.manifest.name
        let display = BuildDisplay(name: name, isVerbose: verbose)
        let clock = ContinuousClock()
        let start = clock.now
        let work = Task { try await builder.build(folder) { display.show($0) } }
        let interrupts = Interrupts { work.cancel() }
        let outcome = await work.result
        interrupts.end()
        display.end()
        let installed = try outcome.get()
        let time = TimeSpan(seconds: start.duration(to: clock.now) / .seconds(1))
        let digest = installed.identity.digest.prefix(12)
        Console.error(
            "\(name): \(installed.manifest.version), image \(digest), built in \(time)")
    }
}
