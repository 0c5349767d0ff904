import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox
import Synchronization

/// Answers one question: what exactly runs where for a job? It checks what the client wrote, and
/// refuses it by field.
final class Planning: Sendable {
    private let catalog: RuntimeCatalog
    private let policy: LimitsPolicy
    private let zygotes: ZygoteRule
    /// The standard pool of each image. Images never change, so it is worked out once.
    private let standards = Mutex<[String: Standard]>([:])

    /// More images than any machine uses; beyond that the table is emptied.
    private static let mostStandards = 256

    /// What jobs that name no limits get on one image.
    private struct Standard {
        var limits: Limits
        var pool: WarmPoolKey
        /// The interpreter's heap differs with the memory limit.
        var followsMemory: Bool
    }

    init(catalog: RuntimeCatalog, policy: LimitsPolicy, zygotes: ZygoteRule = ZygoteRule()) {
        self.catalog = catalog
        self.policy = policy
        self.zygotes = zygotes
    }

    /// The most that a job may ask for.
    var ceiling: Limits { policy.ceiling }

    /// - Parameter limits: the floor and ceiling for this job; nil: the server's own.
    /// - Throws: `invalidRequest`, `limitOutOfRange`, `unknownRuntime`, `runtimeNotBuilt`.
    func plan(_ spec: JobSpec, within limits: LimitsPolicy? = nil) throws(CodeBoxError) -> JobPlan {
        try spec.validate()
        let runtime = try catalog.resolve(spec.runtime)
        let manifest = runtime.manifest
        let limits = try Self.raised(limits ?? policy, for: manifest).resolve(
            request: spec.limits, runtimeDefaults: manifest.limits)
        let named = spec.entrypoint ?? runtime.aliasEntrypoint
        let entrypoint = named ?? manifest.entrypoint
        let files = try Self.files(of: spec, entrypoint: entrypoint)
        try Self.checkRoom(for: files, limits)
        let start = zygoteStart(of: spec, manifest, entrypoint: entrypoint)
        let program = SandboxProgram(
            command: manifest.commandLine(
                entrypoint: entrypoint, arguments: spec.args, limits: limits),
            environment: manifest.environment.merging(spec.env) { _, jobs in jobs },
            files: files, stdin: spec.stdin, mayFork: start != nil, mergesOutput: spec.mergesOutput,
            heapMiB: manifest.isHeapSized ? manifest.heapMiB(limits) : nil)
        let version = spec.runtime.drop { $0 != ":" }
        return JobPlan(
            program: program,
            sandbox: SandboxSpec(
                image: runtime.identity.digest, limits: limits,
                pools: pools(for: limits, of: runtime, start: start)),
            runtime: runtime.identity, reference: manifest.name + version, entrypoint: named)
    }

    /// The limits of a job of the runtime that names none.
    func defaultLimits(of manifest: RuntimeManifest) -> Limits {
        let policy = Self.raised(policy, for: manifest)
        let limits = try? policy.resolve(
            request: LimitsRequest(), runtimeDefaults: manifest.limits)
        return limits ?? policy.ceiling
    }

    /// Whether a runtime's jobs may be forked from a zygote.
    func hasZygote(_ manifest: RuntimeManifest) -> Bool {
        zygotes.zygote(of: manifest) != nil
    }

    /// The pools for jobs that name no limits, one for each runtime that has an image.
    func standardPools() -> [WarmPoolKey] {
        catalog.list().map { standard(of: $0).pool }
    }

    /// Runtimes for which zygotes are turned off and that are not installed. A typo here would
    /// leave zygotes on for a runtime that the admin meant to exclude.
    func unknownExceptions() -> [String] {
        let known = Set(catalog.list().flatMap { [$0.manifest.name] + $0.manifest.aliases })
        return zygotes.exceptions.subtracting(known).sorted()
    }

    // MARK: Limits and files

    /// The policy with the floor that the runtime's interpreter needs.
    private static func raised(_ policy: LimitsPolicy, for manifest: RuntimeManifest)
        -> LimitsPolicy
    {
        var policy = policy
        policy.floor = manifest.floor.raising(policy.floor)
        return policy
    }

    private static func files(of spec: JobSpec, entrypoint: String) throws(CodeBoxError)
        -> [JobFile]
    {
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

    /// Refuses files that can't fit. They are the client's mistake, so the client learns it here
    /// and not from a sandbox that could not be filled.
    private static func checkRoom(for files: [JobFile], _ limits: Limits) throws(CodeBoxError) {
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

    // MARK: Zygotes and pools

    /// How the zygote that is best for a job was started, beyond the runtime's command.
    private struct Start: Equatable {
        var variants: UInt32 = 0
        var warmUps: UInt32 = 0
    }

    /// Nil if the job may not be forked: a fork would not do what an interpreter does that is
    /// started for the job.
    private func zygoteStart(
        of spec: JobSpec, _ manifest: RuntimeManifest, entrypoint: String
    ) -> Start? {
        guard spec.mayFork, let zygote = zygotes.zygote(of: manifest),
            !zygote.needsExec(forEntrypoint: entrypoint),
            let variants = zygote.variants(for: spec.env, over: manifest.environment)
        else { return nil }
        return Start(variants: variants, warmUps: zygote.warmUp(forEntrypoint: entrypoint))
    }

    /// The pools that a job may take a waiting sandbox from, the best first.
    ///
    /// In a waiting sandbox all limits but those that it is built with can be changed. An
    /// interpreter that was told of another memory limit, or started with other variables, can't
    /// run the job, but its sandbox serves to exec a new one.
    /// - Parameter start: of the zygote; nil if the job may not be forked.
    private func pools(
        for limits: Limits, of runtime: InstalledRuntime, start: Start?
    ) -> [WarmPoolKey] {
        let standard = standard(of: runtime)
        var pool = standard.pool
        for field in LimitField.fixedByConstruction { pool.limits[field] = limits[field] }
        let isOtherHeap =
            standard.followsMemory && limits.memoryBytes != standard.limits.memoryBytes
        guard var start, isOtherHeap || start != Start() else { return [pool] }
        var exact = pool.limits
        if standard.followsMemory { exact.memoryBytes = limits.memoryBytes }
        var pools = [self.pool(of: runtime, limits: exact, start)]
        start.warmUps = 0
        for next in [self.pool(of: runtime, limits: exact, start), pool]
        where !pools.contains(where: { $0.zygote == next.zygote }) {
            pools.append(next)
        }
        // Zygotes alike are of one pool, the standard one if its limits serve.
        return pools.map { $0.zygote == pool.zygote ? pool : $0 }
    }

    private func standard(of runtime: InstalledRuntime) -> Standard {
        let image = runtime.identity.digest
        if let known = standards.withLock({ $0[image] }) { return known }
        let limits = defaultLimits(of: runtime.manifest)
        let standard = Standard(
            limits: limits, pool: pool(of: runtime, limits: limits),
            followsMemory: runtime.manifest.followsMemory)
        standards.withLock { standards in
            if standards.count >= Self.mostStandards { standards = [:] }
            standards[image] = standard
        }
        return standard
    }

    private func pool(
        of runtime: InstalledRuntime, limits: Limits, _ start: Start = Start()
    ) -> WarmPoolKey {
        WarmPoolKey(
            image: runtime.identity.digest, zygote: setting(of: runtime.manifest, limits, start),
            limits: limits)
    }

    private func setting(
        of manifest: RuntimeManifest, _ limits: Limits, _ start: Start
    ) -> ZygoteSetting? {
        guard let zygote = zygotes.zygote(of: manifest) else { return nil }
        return ZygoteSetting(
            kind: zygote.kind,
            heapMiB: manifest.followsMemory ? manifest.heapMiB(limits) : nil,
            variants: start.variants, warmUps: start.warmUps)
    }
}
