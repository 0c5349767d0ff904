/// A job, and what it is taken to hold of the kernel's memory.
struct KernelMemoryHolder {
    let sandbox: WardenSandbox
    let bytes: Int
    /// Nothing that was counted explains the growth; the job has worked most in the kernel.
    let isSuspect: Bool

    /// A holder accounts for at least this part of the growth.
    private static let leastShare = 8
    /// Kernel memory is taken by system calls. The fastest take 4 GiB in a second of CPU time.
    private static let bytesPerMicrosecond = 4295

    /// Finds the job that holds most.
    /// - Parameters:
    ///   - jobs: those that run.
    ///   - growth: bytes that need an explanation.
    /// - Returns: nil if no job explains it.
    static func most(among jobs: [WardenSandbox], growth: Int) -> KernelMemoryHolder? {
        let locks = LockSample()
        let holders = jobs.map {
            KernelMemoryHolder(
                sandbox: $0, bytes: counted($0.leaf, locks, growth), isSuspect: false)
        }
        if let most = holders.max(by: { $0.bytes < $1.bytes }),
            most.bytes >= growth / leastShare
        {
            return most
        }
        let workers = jobs.map { job in
            (job: job, systemUs: (try? job.leaf.usage().cpuSystemUs) ?? 0)
        }
        guard let most = workers.max(by: { $0.systemUs < $1.systemUs }),
            most.systemUs * bytesPerMicrosecond >= growth
        else { return nil }
        return KernelMemoryHolder(sandbox: most.job, bytes: 0, isSuspect: true)
    }

    /// Descriptors, locks and sockets of all processes in a cgroup: bytes.
    private static func counted(_ leaf: any CgroupLeaf, _ locks: LockSample, _ growth: Int) -> Int {
        let pids = leaf.processes
        let processes = pids.map { ProcessHoldings($0) }
        let descriptors = processes.reduce(0) { $0 + $1.descriptors }
        var lockCount = pids.reduce(0) { $0 + (locks.byProcess[$1] ?? 0) }
        if !locks.byFile.isEmpty {
            let files = processes.reduce(into: Set()) { $0.formUnion($1.files) }
            lockCount += files.reduce(0) { $0 + (locks.byFile[$1] ?? 0) }
        }
        var lockBytes = lockCount * LockSample.lockBytes
        if !locks.isWhole, locks.count > 0 {
            // The list goes on: the job's share of the sample is its share of the growth.
            lockBytes = max(lockBytes, growth / locks.count * lockCount)
        }
        return descriptors * ProcessHoldings.descriptorBytes + lockBytes
            + max(leaf.socketBytes(), processes.first?.networkBytes ?? 0)
    }
}
