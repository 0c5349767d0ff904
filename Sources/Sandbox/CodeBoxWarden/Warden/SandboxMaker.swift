import CLinux
import CWire
import CodeBoxCore
import Glibc
import CodeBoxSystem
import CodeBoxSeccomp

/// Makes sandboxes, zygotes and templates: cgroup, pipes, clone, id maps, spec.
final class SandboxMaker {
    /// The failed step, for the client's report.
    struct Failure: Error {
        let step: cb_step
        let code: CInt
        let detail: String

        /// Refuses an open file or folder that another user than root could change.
        static func check(_ fd: CInt, _ path: String, step: cb_step) throws(Failure) {
            do throws(SystemError) {
                guard let fault = try TrustFault.ofRoots(fd) else { return }
                throw SystemError("\(path): \(fault)", code: EPERM)
            } catch {
                throw Failure(step: step, code: error.code, detail: error.call)
            }
        }
    }

    /// A sandbox that was just cloned.
    struct Made {
        let pid: CInt
        let pidfd: CInt
        let leaf: any CgroupLeaf
        /// For a hollow sandbox all ends are still open; the job's ends go to the zygote.
        let ends: Ends
        /// What the job's filter would answer; nil where it answers by itself.
        let answers: SeccompAnswers?
        /// Of the ``NetworkPool``; nil where PID 1 makes its own.
        let network: CInt?
    }

    let cgroups: any CgroupHierarchy
    let filters: SandboxFilters
    let imagesDirectory: String
    /// See ``WardenOptions/preparingAs``.
    let preparingAs: UInt32?
    let initFD: CInt
    private var preloads: PreloadObjects
    /// Root maps two ids of a range; an ordinary user can map only themselves.
    let isRoot = geteuid() == 0
    private var ids = IDRange()
    private var templates: ImageTemplates
    /// What the builder of the last template learned of this kernel; see `cb_note`.
    var absentCovers: UInt64 = 0
    private var networks: NetworkPool
    private var stock = LeafStock(limits: zygoteLimits, now: cb_now_ns())
    private var lastLeaf: UInt64 = 0
    /// The highest score there is.
    static let oomScore: Int32 = 1000

    init(
        cgroups: any CgroupHierarchy, imagesDirectory: String, initFD: CInt,
        preloads: PreloadObjects, preparingAs: UInt32? = nil, tellsRefusals: Bool = false,
        reusesNetworks: Bool = false
    ) throws(CodeBoxError) {
        self.cgroups = cgroups
        self.preloads = preloads
        // A filter that tells of refusals has no other call pass, so it can't tell of sockets.
        let home = reusesNetworks && !tellsRefusals ? Self.openHomeNetwork() : -1
        networks = NetworkPool(home: home)
        filters = try SandboxFilters(
            tellingRefusals: tellsRefusals, tellingSockets: networks.isInUse)
        self.imagesDirectory = imagesDirectory
        self.preparingAs = preparingAs
        self.initFD = initFD
        do throws(SystemError) {
            templates = try ImageTemplates()
        } catch {
            throw CodeBoxError(
                .wardenUnavailable, "the warden can't start", cause: error.description)
        }
    }

    /// - Parameter zygote: the uid of the zygote that forks the job's process (``requestFork``);
    ///   nil where PID 1 forks it.
    func make(
        image: String, limits: Limits, zygote: UInt32?
    ) throws(Failure) -> Made {
        let hollow = zygote != nil
        let template = try template(of: image)
        let leaf =
            if let ready = stock.take(limits, now: cb_now_ns()) {
                ready
            } else {
                try makeLeaf(nextLeafName(), limits: limits)
            }
        var ends = Ends()
        let network = zygote.flatMap { networks.take(for: $0) }
        do throws(Failure) {
            try ends.open(hollow: hollow)
            var role = role(ends, hollow)
            role.network_fd = network ?? -1
            role.template_fd = template
            role.owner = try owner(for: zygote)
            let (pid, pidfd) = try clone(role, into: leaf)
            do throws(Failure) {
                // An ordinary user's map is written by PID 1 itself: its /proc files belong to
                // root until its exec is complete, which vfork does not wait for.
                if isRoot {
                    let pair = preparingAs.map { ids.pair(ofJob: $0) } ?? ids.take()
                    try map(pair, of: pid)
                    try give(ends, to: pair)
                    // A zygote's child brings its own with it.
                    if !hollow { try preferAsVictim(pid) }
                }
                try send(
                    spec(limits, hollow: hollow, hasNetwork: network != nil),
                    hollow ? filters.hollowInit : filters.job, to: ends.control.ours, image: image,
                    fds: [])
            } catch {
                _ = cb_kill(pidfd, SIGKILL)
                var (code, status): (CInt, CInt) = (0, 0)
                _ = cb_reap(pidfd, 1, &code, &status)
                close(pidfd)
                throw error
            }
            if !hollow { ends.closeTheirs() }
            return Made(
                pid: pid, pidfd: pidfd, leaf: leaf, ends: ends, answers: filters.answers,
                network: network)
        } catch {
            ends.closeTheirs()
            ends.closeOurs()
            if let network { close(network) }
            // The leaf is empty: it can be busy only for a moment. removeAll removes what is left.
            _ = try? leaf.remove()
            throw error
        }
    }

    // MARK: Cgroups

    private func nextLeafName() -> String {
        lastLeaf += 1
        return "job-\(lastLeaf)"
    }

    /// When ``restock(_:)`` has something to do; nil while enough cgroups are pre-created.
    var nextNs: UInt64? { stock.dueNs }

    /// Pre-creates a cgroup for a sandbox to come, if it is time.
    func restock(_ now: UInt64) {
        guard let due = stock.dueNs, due <= now else { return }
        let name = nextLeafName()
        stock.add(now: now) { limits in try cgroups.makeLeaf(name, limits: limits) }
    }

    /// A sandbox is being made or has ended: cgroups are pre-created later.
    func disturb() {
        stock.disturb(now: cb_now_ns())
    }

    /// The sealed object that makes zygotes of interpreters of a kind; it stays this maker's.
    func preload(for kind: ZygoteStart.Kind) throws(Failure) -> CInt {
        try preloads.zygote(kind)
    }

    // MARK: Ids

    /// The gid of all zygotes.
    var zygoteGroup: UInt32 { ids.zygoteGroup }

    /// A uid that no other zygote has, and that owns no other's sandbox; 0 where an ordinary user's
    /// warden gives all of them its own. See ``MadeZygote/owner``.
    func takeZygoteID() throws(Failure) -> UInt32 {
        guard isRoot else { return 0 }
        _ = try usableIDs()
        guard let owner = ids.takeZygote() else {
            throw Failure(
                step: CB_STEP_CLONE, code: EAGAIN,
                detail: "all \(ids.zygoteCapacity) uids of zygotes are in use already")
        }
        return owner
    }

    /// One more sandbox depends on a zygote's uid.
    func holdZygoteID(_ uid: UInt32) {
        ids.holdZygote(uid)
    }

    /// A zygote, or a sandbox of it, is gone.
    func releaseZygoteID(_ uid: UInt32) {
        if ids.releaseZygote(uid) { networks.forget(uid) }
    }

    /// A sandbox has ended; its network namespace may serve a later one.
    /// - Parameters:
    ///   - network: ``Made/network``, which the maker then owns.
    ///   - owner: the zygote's uid; nil where PID 1 forked the job's process.
    func retire(_ network: CInt?, of owner: UInt32?, isUnused: Bool) {
        if let owner, isUnused {
            networks.put(back: network, of: owner)
        } else if let network {
            close(network)
        }
    }

    /// The uid that owns a sandbox's user namespace; 0 where an ordinary user's warden owns it.
    private func owner(for zygote: UInt32?) throws(Failure) -> UInt32 {
        guard isRoot else { return 0 }
        let group = try usableIDs().zygoteGroup
        return zygote ?? group
    }

    /// - Throws: if this process has no ids for sandboxes.
    private func usableIDs() throws(Failure) -> IDRange {
        guard ids.isUsable else {
            throw Failure(
                step: CB_STEP_ID_MAP, code: 0,
                detail: "/proc/self/uid_map has no range of ids for sandboxes")
        }
        return ids
    }

    func makeLeaf(_ name: String, limits: Limits) throws(Failure) -> any CgroupLeaf {
        do throws(CodeBoxError) {
            return try cgroups.makeLeaf(name, limits: limits)
        } catch {
            throw Failure(
                step: CB_STEP_CGROUP, code: 0,
                detail: error.message + (error.cause.map { " (\($0))" } ?? ""))
        }
    }

    private func role(_ ends: Ends, _ hollow: Bool) -> cb_spawn {
        var spawn = cb_spawn()
        spawn.role = CB_SPAWN_INIT
        spawn.control_fd = ends.control.theirs
        spawn.job_fd = hollow ? ends.built : ends.job.theirs
        spawn.stdin_fd = hollow ? -1 : ends.stdin.theirs
        spawn.stdout_fd = hollow ? -1 : ends.stdout.theirs
        spawn.stderr_fd = hollow ? -1 : ends.stderr.theirs
        // A zygote's child has the zygote's own. Without the object the job that needs it fails.
        spawn.heap_fd = hollow ? -1 : (try? preloads.zygote(.node)) ?? -1
        return spawn
    }

    /// - Parameter role: with the role and the descriptors set.
    /// - Parameter leaf: nil leaves it in the warden's own cgroup.
    func clone(_ role: cb_spawn, into leaf: (any CgroupLeaf)?) throws(Failure) -> (CInt, CInt) {
        var pidfd: CInt = -1
        var step: UInt32 = 0
        let pid = (leaf?.taskFDs ?? []).withUnsafeBufferPointer { tasks in
            var spawn = role
            spawn.init_fd = initFD
            spawn.home_fd = templates.home
            spawn.folder_fd = templates.folder
            spawn.home_network_fd = networks.home
            spawn.cgroup_fd = leaf?.cloneFD ?? -1
            spawn.task_fds = tasks.baseAddress
            spawn.task_fd_count = CInt(tasks.count)
            let pid = cb_spawn_init(&spawn, &pidfd)
            step = spawn.failed_step
            return pid
        }
        guard pid > 0 else {
            throw Failure(
                step: cb_step(rawValue: step), code: -pid,
                detail: step == CB_STEP_CLONE.rawValue
                    ? "are user namespaces allowed? `codebox doctor` tells" : "")
        }
        return (pid, pidfd)
    }

    private func map(_ pair: IDRange.Pair, of pid: CInt) throws(Failure) {
        let map = "0 \(pair.root) 1\n\(IDRange.jobID) \(pair.job) 1\n"
        try write(map, to: "/proc/\(pid)/uid_map")
        try write(map, to: "/proc/\(pid)/gid_map")
    }

    /// Makes the job the owner of its standard streams. It can then open /dev/stdout and the like,
    /// for which the kernel asks for rights to the pipe.
    private func give(_ ends: Ends, to pair: IDRange.Pair) throws(Failure) {
        for fd in [ends.stdin.theirs, ends.stdout.theirs, ends.stderr.theirs]
        where fchown(fd, pair.job, pair.job) != 0 {
            throw Failure(step: CB_STEP_PIPES, code: errno, detail: "fchown")
        }
    }

    /// Makes the OOM killer take sandboxes before anything else on the machine. Since a privileged
    /// process sets it, the job can't lower it.
    func preferAsVictim(_ pid: CInt) throws(Failure) {
        try write(
            "\(Self.oomScore)", to: "/proc/\(pid)/oom_score_adj", step: CB_STEP_OOM_SCORE)
    }

    /// Opens a file of a process that was just cloned. Its exec may be complete only a moment after
    /// vfork returns, and until then its files belong to the host's root. A warden that is root of
    /// an ordinary user's namespace has no right to these.
    private static func openOfChild(_ path: String) -> CInt {
        var file = open(path, O_WRONLY | O_CLOEXEC)
        for _ in 0..<1000 where file < 0 && errno == EACCES {
            usleep(100)
            file = open(path, O_WRONLY | O_CLOEXEC)
        }
        return file
    }

    private func write(
        _ text: String, to path: String, step: cb_step = CB_STEP_ID_MAP
    ) throws(Failure) {
        let file = Self.openOfChild(path)
        guard file >= 0 else {
            throw Failure(step: step, code: errno, detail: path)
        }
        defer { close(file) }
        var text = text
        let written = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) }
        guard written == text.utf8.count else {
            throw Failure(step: step, code: errno, detail: path)
        }
    }

    func spec(_ limits: Limits, hollow: Bool, hasNetwork: Bool = false) -> cb_spec {
        var spec = cb_spec()
        spec.separate_ids = isRoot ? 1 : 0
        spec.job_uid = IDRange.jobID
        spec.job_gid = IDRange.jobID
        spec.outer_uid = geteuid()
        spec.outer_gid = getegid()
        spec.workspace_bytes = UInt64(limits.workspaceBytes)
        // Room for many small files. Inodes take kernel memory that the cgroup is charged for.
        spec.tmpfs_inodes = UInt64(min(max(limits.workspaceBytes / 4096, 1024), 1 << 18))
        ResourceLimit.write(to: &spec.rlimits) { $0.wire(limits) }
        spec.oom_score_adj = Self.oomScore
        spec.hollow = hollow ? 1 : 0
        spec.has_network = hasNetwork ? 1 : 0
        spec.writable_root = preparingAs == nil ? 0 : 1
        spec.absent_covers = absentCovers
        spec.tells_refusals = filters.answers == nil ? 0 : 1
        #if DEBUG
            LayerSwitch.change(&spec)
        #endif
        return spec
    }

    func send(
        _ spec: cb_spec, _ filter: SeccompProgram, to socket: CInt, image: String, fds: [CInt]
    ) throws(Failure) {
        var spec = spec
        let sent = filter.instructions.withUnsafeBytes { instructions in
            cb_send_spec(
                socket, &spec, rootfs(image), instructions.baseAddress, instructions.count, fds,
                CInt(fds.count))
        }
        guard sent == 0 else { throw Failure(step: CB_STEP_SPEC, code: -sent, detail: "") }
    }

    // MARK: Templates

    /// The mount namespace that sandboxes of an image begin with; the first one builds it.
    private func template(of image: String) throws(Failure) -> CInt {
        let rootfs = rootfs(image)
        if let namespace = templates.namespace(of: rootfs) { return namespace }
        let namespace = try buildTemplate(image, interfaces: try preloads.interfaces())
        templates.keep(namespace, of: rootfs)
        return namespace
    }

    func rootfs(_ image: String) -> String { "\(imagesDirectory)/\(image)/rootfs" }
}
