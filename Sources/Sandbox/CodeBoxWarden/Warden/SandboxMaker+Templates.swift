import CLinux
import CWire
import CodeBoxCore
import Glibc
import CodeBoxSystem

extension SandboxMaker {
    private static let templateTimeoutMs: CInt = 5_000

    /// Builds the mount namespace that sandboxes of an image begin with, and waits for it: a few
    /// milliseconds, once for each image.
    /// - Parameter interfaces: the object that exec'ed programs preload.
    func buildTemplate(_ image: String, interfaces: CInt) throws(Failure) -> CInt {
        let control: (ours: CInt, theirs: CInt)
        do throws(SystemError) {
            control = try SocketPair(SOCK_SEQPACKET).release()
        } catch {
            throw Failure(step: CB_STEP_TEMPLATE, code: error.code, detail: error.call)
        }
        defer { close(control.ours) }
        var role = cb_spawn()
        role.role = CB_SPAWN_TEMPLATE
        role.template_fd = -1
        role.network_fd = -1
        role.control_fd = control.theirs
        role.job_fd = interfaces
        role.stdin_fd = -1
        role.stdout_fd = -1
        role.stderr_fd = -1
        role.heap_fd = -1
        defer { close(control.theirs) }
        let (pid, pidfd) = try clone(role, into: nil)
        defer {
            var (code, status): (CInt, CInt) = (0, 0)
            _ = cb_kill(pidfd, SIGKILL)
            _ = cb_reap(pidfd, 1, &code, &status)
            close(pidfd)
        }
        try send(
            spec(Self.zygoteLimits, hollow: true), filters.hollowInit, to: control.ours,
            image: image, fds: [])
        absentCovers = try awaitBuilt(control.ours).absent_covers
        let namespace = open("/proc/\(pid)/ns/mnt", O_RDONLY | O_CLOEXEC)
        guard namespace >= 0 else {
            throw Failure(step: CB_STEP_TEMPLATE, code: errno, detail: "open of its namespace")
        }
        return namespace
    }

    private func awaitBuilt(_ control: CInt) throws(Failure) -> cb_note {
        var note = cb_note()
        var polled = pollfd(fd: control, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, Self.templateTimeoutMs) == 1 else {
            throw Failure(step: CB_STEP_TEMPLATE, code: ETIMEDOUT, detail: "")
        }
        guard recv(control, &note, MemoryLayout<cb_note>.size, 0) == MemoryLayout<cb_note>.size
        else {
            throw Failure(step: CB_STEP_TEMPLATE, code: EPIPE, detail: "its builder died")
        }
        guard note.kind == CB_NOTE_BUILT.rawValue else {
            throw Failure(step: cb_step(rawValue: note.step), code: note.error, detail: "")
        }
        return note
    }
}
