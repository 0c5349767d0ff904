package import CodeBoxCore

/// Describes a runtime and how its programs start: `runtimes/<name>/manifest.yaml`.
///
/// A copy lies in every image built from it, so that a server needs no `runtimes` folder. All keys
/// are described in `docs/runtimes.md`.
package struct RuntimeManifest: Hashable, Sendable {
    /// Lower-case letters, digits, `-`, `_` and `.`; also the name of the tag.
    package var name: String
    /// The language's version as clients know it: `3.13`, `24.19.0`.
    package var version: String
    /// Other names of the runtime.
    package var aliases: [String]
    /// File name that a job's `source` is saved under.
    package var entrypoint: String
    /// argv. `{entrypoint}` as a whole argument stands for the file to run; `{heap_mib}` anywhere
    /// stands for a size that follows the job's memory limit. The first argument is an absolute
    /// path inside the image.
    package var command: [String]
    /// Variables of every job; the job's own variables override them.
    package var environment: [String: String]
    /// Limits of a job that names none.
    package var limits: LimitsRequest
    /// The least limits with which the interpreter starts and works; a job that asks for less is
    /// refused. With less, an interpreter is killed before its first line, aborts, or waits for a
    /// thread that it could not start.
    package var floor: RuntimeFloor
    /// `{heap_mib}` as a percentage of `memory_bytes`, for interpreters whose garbage collector
    /// would otherwise guess a limit from the machine's memory.
    package var heapPercent: Int
    /// How its interpreter is forked for jobs; nil if each job execs it.
    package var zygote: RuntimeZygote?
    package var image: ImageRecipe

    static let entrypointPlaceholder = "{entrypoint}"

    package init(
        name: String, version: String, aliases: [String] = [], entrypoint: String,
        command: [String], environment: [String: String] = [:],
        limits: LimitsRequest = LimitsRequest(),
        floor: RuntimeFloor = RuntimeFloor(), heapPercent: Int = 100,
        zygote: RuntimeZygote? = nil, image: ImageRecipe = ImageRecipe()
    ) {
        self.name = name
        self.version = version
        self.aliases = aliases
        self.entrypoint = entrypoint
        self.command = command
        self.environment = environment
        self.limits = limits
        self.floor = floor
        self.heapPercent = heapPercent
        self.zygote = zygote
        self.image = image
    }

    /// Whether the command's text follows the job's memory limit.
    package var commandFollowsMemory: Bool {
        command.contains { $0.contains(ZygoteStart.heapPlaceholder) }
    }

    /// The argv that runs one job: the command with its file and sizes, then the job's arguments.
    ///
    /// - Parameters:
    ///   - file: the file to run, relative to the workspace; the manifest's own when nil.
    ///   - limits: the job's effective limits.
    package func commandLine(
        entrypoint file: String? = nil, arguments: [String] = [], limits: Limits
    ) -> [String] {
        command.map { part in
            part == Self.entrypointPlaceholder
                ? Self.argument(file ?? entrypoint)
                : ZygoteStart.replacingHeap(in: part, with: heapMiB(limits))
        } + arguments
    }

    /// The interpreter's heap under these limits.
    package func heapMiB(_ limits: Limits) -> Int {
        min(max(1, (limits.memoryBytes * heapPercent / 100) >> 20), ZygoteStart.maximumHeapMiB)
    }

    /// How its zygote is started, for the record beside the image; nil without one.
    package var zygoteStart: ZygoteStart? {
        guard let zygote else { return nil }
        var variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
        if !zygote.preload.isEmpty {
            variables.append(
                ZygoteStart.preloadVariable + "=" + zygote.preload.joined(separator: ","))
        }
        return ZygoteStart(
            kind: zygote.kind,
            arguments: command.map {
                $0 == Self.entrypointPlaceholder ? Self.argument(entrypoint) : $0
            },
            environment: variables)
    }

    /// A file's name that begins with '-' must not be taken for one of the interpreter's options.
    private static func argument(_ file: String) -> String {
        file.hasPrefix("-") ? "./" + file : file
    }
}
