import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox

extension JobPlanner {
    /// The pools for jobs that name no limits, one for each runtime that has an image.
    func pools() -> [WarmPoolKey] {
        catalog.list().map { standard(of: $0).pool }
    }

    /// Whether a runtime's jobs may go on in a forked interpreter.
    func hasZygote(_ manifest: RuntimeManifest) -> Bool {
        zygotes.zygote(of: manifest) != nil
    }

    /// Whether this job may: nothing in it is read before the point at which a zygote was forked.
    func mayFork(_ spec: JobSpec, _ manifest: RuntimeManifest, entrypoint: String) -> Bool {
        guard let zygote = zygotes.zygote(of: manifest) else { return false }
        return !spec.ownInterpreter && entrypoint == manifest.entrypoint
            && !zygote.needsExec(for: spec.env, over: manifest.environment)
    }

    /// Where a job may take a waiting sandbox from, the best first.
    ///
    /// All but the workspace's size and the number of open files can be changed in one that waits. An interpreter that was told
    /// of another memory limit can't go on with the job, but its sandbox serves to exec one.
    func pools(
        for limits: Limits, of runtime: InstalledRuntime, mayFork: Bool
    ) -> [WarmPoolKey] {
        let standard = standard(of: runtime)
        var pool = standard.pool
        pool.limits.workspaceBytes = limits.workspaceBytes
        pool.limits.openFiles = limits.openFiles
        guard mayFork, standard.followsMemory,
            limits.memoryBytes != standard.limits.memoryBytes
        else { return [pool] }
        var exact = pool.limits
        exact.memoryBytes = limits.memoryBytes
        let better = self.pool(of: runtime, limits: exact)
        return better.zygote == pool.zygote ? [pool] : [better, pool]
    }

    private func standard(of runtime: InstalledRuntime) -> StandardPools.Entry {
        standardPools.entry(runtime.identity.digest) {
            let limits = defaultLimits(of: runtime.manifest)
            return StandardPools.Entry(
                limits: limits, pool: pool(of: runtime, limits: limits),
                followsMemory: runtime.manifest.commandFollowsMemory)
        }
    }

    private func pool(of runtime: InstalledRuntime, limits: Limits) -> WarmPoolKey {
        WarmPoolKey(
            image: runtime.identity.digest, zygote: setting(of: runtime.manifest, limits),
            limits: limits)
    }

    private func setting(of manifest: RuntimeManifest, _ limits: Limits) -> ZygoteSetting? {
        guard let zygote = zygotes.zygote(of: manifest) else { return nil }
        return ZygoteSetting(
            kind: zygote.kind,
            heapMiB: manifest.commandFollowsMemory ? manifest.heapMiB(limits) : nil)
    }
}
