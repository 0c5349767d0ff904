import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox

extension JobPlanner {
    /// The pools for jobs that name no limits, one for each runtime that has an image.
    func standardPools() -> [WarmPoolKey] {
        catalog.list().map { pool(of: $0, limits: defaultLimits(of: $0.manifest)) }
    }

    /// Whether a runtime's jobs may go on in a forked interpreter.
    func hasZygote(_ manifest: RuntimeManifest) -> Bool {
        zygotes.zygote(of: manifest) != nil
    }

    /// Whether this job may: nothing in it is read before the point at which a zygote was forked.
    func mayContinue(_ spec: JobSpec, _ manifest: RuntimeManifest, entrypoint: String) -> Bool {
        guard let zygote = zygotes.zygote(of: manifest) else { return false }
        return !spec.ownInterpreter && entrypoint == manifest.entrypoint
            && !zygote.needsExec(for: spec.env, over: manifest.environment)
    }

    /// Where a job may take a waiting sandbox from, the best first.
    ///
    /// All but the workspace's size can be changed in one that waits. An interpreter that was told
    /// of another memory limit can't go on with the job, but its sandbox serves to exec one.
    func pools(
        for limits: Limits, of runtime: InstalledRuntime, mayContinue: Bool
    ) -> [WarmPoolKey] {
        var standard = defaultLimits(of: runtime.manifest)
        standard.workspaceBytes = limits.workspaceBytes
        let pool = pool(of: runtime, limits: standard)
        guard mayContinue, runtime.manifest.commandFollowsMemory else { return [pool] }
        var exact = standard
        exact.memoryBytes = limits.memoryBytes
        let better = self.pool(of: runtime, limits: exact)
        return better.zygote == pool.zygote ? [pool] : [better, pool]
    }

    private func pool(of runtime: InstalledRuntime, limits: Limits) -> WarmPoolKey {
        WarmPoolKey(
            image: runtime.identity.digest, zygote: setting(of: runtime.manifest, limits),
            limits: limits)
    }

    private func setting(of manifest: RuntimeManifest, _ limits: Limits) -> ZygoteSetting? {
        guard let zygote = zygotes.zygote(of: manifest) else { return nil }
        let kind: ZygoteSetting.Kind =
            switch zygote.kind {
            case .python: .python
            case .node: .node
            }
        return ZygoteSetting(
            kind: kind,
            command: manifest.commandLine(
                entrypoint: Self.argument(manifest.entrypoint), limits: limits),
            environment: manifest.environment, preload: zygote.preload)
    }
}
