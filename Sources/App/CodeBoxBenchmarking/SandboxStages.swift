import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox
import CodeBoxSandboxClient
import CodeBoxWarden

/// The parts of a sandbox's life, one call each, for one runtime. Needs what a warden needs.
///
/// The benchmarks are a package of their own and see no more of this one than is public here.
public final class SandboxStages {
    public struct Sandbox {
        let made: WardenTrial.Sandbox
    }

    private let warden: WardenTrial
    private let image: String
    private let limits = Limits.standard
    private let zygote: UInt64
    private let hello: SandboxProgram

    /// - Parameters:
    ///   - executable: the `codebox` program, with `codebox-warden`, `codebox-init` and zygotes'
    ///     objects beside it.
    ///   - dataDirectory: where the images are.
    ///   - runtime: `python` or `node`.
    ///   - isForked: whether jobs' processes are forked from a zygote, which is started here.
    /// - Throws: `CodeBoxError`.
    public init(
        executable: String, dataDirectory: String, runtime: String, isForked: Bool
    ) throws {
        let installed = try RuntimeCatalog(dataDirectory: dataDirectory).resolve(runtime)
        let manifest = installed.manifest
        let folder = executable.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        image = installed.identity.digest
        let launch = WardenLaunch(
            (folder + ["codebox-warden"]).joined(separator: "/"),
            WardenOptions(
                socketFD: 3, lifelineFD: 4, imagesDirectory: "\(dataDirectory)/images",
                initPath: (folder + ["codebox-init"]).joined(separator: "/")),
            owners: nil)
        warden = try WardenTrial { descriptors, output throws(CodeBoxError) in
            try launch.start(descriptors: descriptors, output: output)
        }
        let command = manifest.commandLine(limits: limits)
        let source = runtime == "node" ? "console.log(1)" : "print(1)"
        hello = SandboxProgram(
            command: command, environment: manifest.environment,
            files: [JobFile(path: manifest.entrypoint, content: Array(source.utf8))],
            mayFork: isForked, heapMiB: manifest.isHeapSized ? manifest.heapMiB(limits) : nil)
        guard isForked else {
            zygote = 0
            return
        }
        guard let kind = ZygoteSetting.Kind(rawValue: runtime) else {
            throw CodeBoxError(.invalidRequest, "'\(runtime)' has no zygote")
        }
        zygote = try warden.startZygote(
            of: image,
            ZygoteSetting(
                kind: kind,
                heapMiB: manifest.followsMemory ? manifest.heapMiB(limits) : nil))
    }

    /// Cgroup, clone, namespaces, mounts, the job's process with every layer on.
    public func make() throws -> Sandbox {
        Sandbox(made: try warden.make(image: image, limits: limits, zygote: zygote))
    }

    /// From hand-over of a program that prints a line to the report of its end.
    public func run(in sandbox: Sandbox) throws {
        try warden.run(hello, in: sandbox.made, limits: limits)
    }

    /// From the report to the removal of the cgroup.
    public func awaitRemoval() throws {
        try warden.awaitRemoval()
    }

    /// From the kill of a sandbox that waits to the removal of its cgroup.
    public func destroy(_ sandbox: Sandbox) throws {
        try warden.destroy(sandbox.made)
    }

    deinit {
        warden.end()
    }
}
