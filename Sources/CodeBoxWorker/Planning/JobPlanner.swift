import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox

/// Turns what a client wrote into what runs, or refuses it by field.
struct JobPlanner: Sendable {
    let catalog: RuntimeCatalog
    let policy: LimitsPolicy
    let zygotes: ZygoteRule
    let standardPools = StandardPools()

    init(catalog: RuntimeCatalog, policy: LimitsPolicy, zygotes: ZygoteRule = ZygoteRule()) {
        self.catalog = catalog
        self.policy = policy
        self.zygotes = zygotes
    }

    /// - Throws: `invalidRequest`, `limitOutOfRange`, `unknownRuntime`, `runtimeNotBuilt`.
    func plan(_ spec: JobSpec) throws(CodeBoxError) -> JobPlan {
        try spec.validate()
        let runtime = try catalog.resolve(spec.runtime)
        let manifest = runtime.manifest
        let limits = try limits(of: manifest).resolve(
            request: spec.limits, runtimeDefaults: manifest.limits)
        let entrypoint = spec.entrypoint ?? manifest.entrypoint
        let files = try files(of: spec, entrypoint: entrypoint)
        try checkRoom(for: files, limits)
        let mayFork = mayFork(spec, manifest, entrypoint: entrypoint)
        let program = SandboxProgram(
            command: manifest.commandLine(
                entrypoint: entrypoint, arguments: spec.args, limits: limits),
            environment: manifest.environment.merging(spec.env) { _, jobs in jobs },
            files: files, stdin: spec.stdin, mayFork: mayFork)
        let version = spec.runtime.drop { $0 != ":" }
        return JobPlan(
            program: program,
            sandbox: SandboxSpec(
                image: runtime.identity.digest, limits: limits,
                pools: pools(for: limits, of: runtime, mayFork: mayFork)),
            runtime: runtime.identity, reference: manifest.name + version)
    }

    /// What a job of the runtime gets that names no limits.
    func defaultLimits(of manifest: RuntimeManifest) -> Limits {
        let policy = limits(of: manifest)
        let limits = try? policy.resolve(
            request: LimitsRequest(), runtimeDefaults: manifest.limits)
        return limits ?? policy.ceiling
    }

    private func limits(of manifest: RuntimeManifest) -> LimitsPolicy {
        var policy = policy
        policy.floor.memoryBytes = max(policy.floor.memoryBytes, manifest.leastMemoryBytes)
        return policy
    }

    private func files(of spec: JobSpec, entrypoint: String) throws(CodeBoxError) -> [JobFile] {
        guard let source = spec.source else { return spec.files }
        for (index, file) in spec.files.enumerated() {
            let field = "files[\(index)].path"
            guard file.path != entrypoint else {
                throw CodeBoxError(
                    .invalidRequest,
                    "\(field): source is saved as '\(entrypoint)', so a file can't have that path",
                    field: field)
            }
            guard !file.path.hasPrefix(entrypoint + "/"), !entrypoint.hasPrefix(file.path + "/")
            else {
                throw CodeBoxError(
                    .invalidRequest,
                    "\(field): source is saved as '\(entrypoint)'; with '\(file.path)' one of them "
                        + "would be both a file and a folder", field: field)
            }
        }
        return [JobFile(path: entrypoint, content: Array(source.utf8))] + spec.files
    }

    /// Files that can't fit are the client's mistake, so it hears of it now, and not from a sandbox
    /// that could not be filled.
    private func checkRoom(for files: [JobFile], _ limits: Limits) throws(CodeBoxError) {
        let page = 4096
        let needed = files.reduce(0) { $0 + ($1.content.count + page - 1) / page * page }
        let (room, name) =
            limits.workspaceBytes <= limits.memoryBytes
            ? (limits.workspaceBytes, "workspace_bytes") : (limits.memoryBytes, "memory_bytes")
        guard needed <= room else {
            throw CodeBoxError(
                .invalidRequest,
                "files: source and files take \(needed) bytes; limits.\(name) is \(room)",
                field: "files")
        }
    }
}
