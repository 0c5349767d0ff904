import CLinux
import CWire
import CodeBoxCore
import Glibc
import CodeBoxSystem
import CodeBoxSeccomp

// Starting zygotes, and asking them to fork.
extension SandboxMaker {
    /// A zygote that was just cloned.
    struct MadeZygote {
        let pid: CInt
        let pidfd: CInt
        let control: CInt
        /// Where it writes stdout and stderr: nothing, unless something is wrong.
        let output: CInt
        let leaf: any CgroupLeaf
        /// The zygote's uid, which owns the user namespaces of the sandboxes it forks into. 0 means
        /// the uid of the warden, where that is an ordinary user's.
        let owner: UInt32
    }

    /// Enough for any interpreter's start, and for go-betweens. No job runs in a zygote.
    static let zygoteLimits = {
        var limits = Limits.standard
        limits.memoryBytes = 1 << 30
        limits.cpus = 64
        limits.processes = 64
        return limits
    }()

    /// Starts an interpreter that forks jobs' processes.
    /// - Parameters:
    ///   - preload: the sealed object that makes a zygote of it.
    ///   - start: how the image's record says that it is started.
    func makeZygote(
        number: UInt64, image: String, preload: CInt, start: ZygoteStart, heapMiB: Int
    ) throws(Failure) -> MadeZygote {
        // A zygote may install filters. Where the warden's own leaves refusals to others, a hostile
        // zygote could let its own calls pass.
        guard filters.answers == nil else {
            throw Failure(
                step: CB_STEP_ZYGOTE, code: EPERM,
                detail: "there are no zygotes where the warden tells refused system calls")
        }
        let owner = try takeZygoteID()
        do throws(Failure) {
            return try makeZygote(number, image, preload, start, heapMiB, as: owner)
        } catch {
            releaseZygoteID(owner)
            throw error
        }
    }

    private func makeZygote(
        _ number: UInt64, _ image: String, _ preload: CInt, _ start: ZygoteStart, _ heapMiB: Int,
        as owner: UInt32
    ) throws(Failure) -> MadeZygote {
        let leaf = try makeLeaf("zygote-\(number)", limits: Self.zygoteLimits)
        var opened: [CInt] = []
        do throws(Failure) {
            let control: (ours: CInt, theirs: CInt)
            let output: (reading: CInt, writing: CInt)
            let input: (reading: CInt, writing: CInt)
            do throws(SystemError) {
                control = try SocketPair(SOCK_SEQPACKET).release()
                opened += [control.ours, control.theirs]
                output = try Pipe().release()
                opened += [output.reading, output.writing]
                input = try Pipe().release()
                opened += [input.reading, input.writing]
            } catch {
                throw Failure(step: CB_STEP_PIPES, code: error.code, detail: error.call)
            }
            var role = cb_spawn()
            role.role = CB_SPAWN_ZYGOTE
            role.template_fd = -1
            role.network_fd = -1
            role.control_fd = control.theirs
            role.job_fd = preload
            role.stdin_fd = input.reading
            role.stdout_fd = output.writing
            role.stderr_fd = output.writing
            role.heap_fd = -1
            let (pid, pidfd) = try clone(role, into: leaf)
            do throws(Failure) {
                // Jobs inherit it from the zygote, and can set themselves no less.
                if isRoot { try preferAsVictim(pid) }
                try send(start, heapMiB, as: owner, image, to: control.ours)
            } catch {
                _ = cb_kill(pidfd, SIGKILL)
                var (code, status): (CInt, CInt) = (0, 0)
                _ = cb_reap(pidfd, 1, &code, &status)
                close(pidfd)
                throw error
            }
            for fd in [control.theirs, output.writing, input.reading, input.writing] { close(fd) }
            Descriptor.setNonBlocking(control.ours)
            cb_refuse_descriptors(control.ours)
            Descriptor.setNonBlocking(output.reading)
            return MadeZygote(
                pid: pid, pidfd: pidfd, control: control.ours, output: output.reading, leaf: leaf,
                owner: owner)
        } catch {
            opened.forEach { close($0) }
            _ = try? leaf.remove()
            throw error
        }
    }

    /// Asks a zygote to fork the job's process of a hollow sandbox, which enters once that stands.
    func requestFork(
        of sandbox: WardenSandbox, ends: Ends, from zygote: WardenZygote
    ) throws(Failure) {
        var spec = spec(sandbox.limits, hollow: true, hasNetwork: sandbox.hasNetwork)
        var fds = [sandbox.pidfd, ends.control.theirs] + ends.jobFDs + [ends.built]
        var tasks: [CInt] = []
        defer { tasks.forEach { close($0) } }
        if let leaf = sandbox.leaf.entryFD {
            spec.cgroup_leaf = 1
            fds.append(leaf)
        } else {
            tasks = try openTasks(of: sandbox.leaf, for: zygote)
            fds += tasks
        }
        do throws(Failure) {
            try send(spec, filters.forkedJob, to: zygote.control, image: sandbox.image, fds: fds)
        } catch {
            throw Failure(
                step: CB_STEP_ZYGOTE, code: error.code, detail: "it does not take requests")
        }
    }

    /// Opens the leaf's `tasks` files with the zygote's uid. cgroup v1 checks a move against the
    /// uid that opened the file, not the one that writes: a file that root opened moves any
    /// process. Rootless, both have the same uid.
    private func openTasks(
        of leaf: any CgroupLeaf, for zygote: WardenZygote
    ) throws(Failure) -> [CInt] {
        var opened = [CInt](repeating: -1, count: leaf.taskFDs.count)
        let owner = isRoot ? zygote.owner : uid_t.max
        let result = leaf.taskFDs.withUnsafeBufferPointer {
            cb_reopen_as(owner, $0.baseAddress, CInt($0.count), &opened)
        }
        guard result == 0 else {
            throw Failure(step: CB_STEP_CGROUP, code: -result, detail: "opening tasks")
        }
        return opened
    }

    private func send(
        _ start: ZygoteStart, _ heapMiB: Int, as owner: UInt32, _ image: String, to control: CInt
    ) throws(Failure) {
        let arguments = start.arguments(heapMiB: heapMiB)
        var strings: [UInt8] = []
        let environment = start.environment(heapMiB: heapMiB)
        for string in arguments + environment {
            strings += string.utf8
            strings.append(0)
        }
        guard strings.count <= Int(CB_ZYGOTE_STRING_BYTES) else {
            throw Failure(step: CB_STEP_RECORD, code: E2BIG, detail: "the image is \(image)")
        }
        var spec = cb_zygote_spec()
        spec.argument_count = UInt32(arguments.count)
        spec.environment_count = UInt32(environment.count)
        spec.string_bytes = UInt32(strings.count)
        ResourceLimit.write(to: &spec.rlimits) { $0.wireForZygote }
        spec.separate_ids = isRoot ? 1 : 0
        spec.uid = owner
        spec.gid = zygoteGroup
        let sent = filters.zygote.instructions.withUnsafeBytes { filter in
            strings.withUnsafeBytes {
                cb_send_zygote_spec(
                    control, &spec, rootfs(image), filter.baseAddress, filter.count, $0.baseAddress)
            }
        }
        guard sent == 0 else { throw Failure(step: CB_STEP_SPEC, code: -sent, detail: "") }
    }
}
