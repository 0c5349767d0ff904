import CodeBoxConfiguration
import CodeBoxCore

/// Finds out whether jobs can run safely on this machine, and what to do if not.
struct Doctor {
    let settings: Settings

    /// Runs every check, in the order in which remedies should be applied. The last checks run real
    /// jobs.
    func examine() async -> [CheckResult] {
        var results = [KernelCheck.run()] + CapabilityCheck.run()
        results += [
            NamespaceCheck.run(), ProcCheck.run(), CgroupCheck.run(),
            SeccompCheck.run(), LandlockCheck.run(), SecurityModuleCheck.run(),
            WardenCheck.run(), InitCheck.run(),
        ]
        results += UserIDCheck.run() + ServiceUserCheck.run(settings)
        results.append(DiskCheck.run(settings))
        results += ImageCheck.run(settings)
        results += await ProbeJobCheck.run(settings)
        return results
    }
}
