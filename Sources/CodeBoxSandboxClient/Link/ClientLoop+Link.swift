import CLinux
import CWire
import CodeBoxCore
import Glibc
import Logging
import CodeBoxSystem

// The connection to the warden.
extension ClientLoop {
    func connect() {
        retryAtNs = nil
        let socket: CInt
        switch endpoint {
        case .socket(let given): socket = given
        case .path(let path):
            guard let made = open(path) else {
                retryAtNs = cb_now_ns() + retryNs
                retryNs = min(retryNs * 2, Self.lastRetryNs)
                return
            }
            socket = made
        }
        Descriptor.setNonBlocking(socket)
        do throws(SystemError) {
            try poller.add(socket, token: Part.link.token())
        } catch {
            close(socket)
            return
        }
        link = socket
        retryNs = Self.firstRetryNs
        gate.open()
        let ready = waiting
        waiting = []
        for run in ready { start(run) }
    }

    private func open(_ path: String) -> CInt? {
        let raw = socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else { return nil }
        guard withUnixAddress(path, { Glibc.connect(raw, $0, $1) }) == 0 else {
            close(raw)
            return nil
        }
        return raw
    }

    func send(_ request: cb_request) {
        // Requests are small and the warden reads them first of all. Should its queue be full even
        // so, waiting for it is right: nothing can go on without it.
        var request = request
        while cb_send_fds(link, &request, MemoryLayout<cb_request>.size, nil, 0) == -Int(EAGAIN) {
            var polled = pollfd(fd: link, events: Int16(POLLOUT), revents: 0)
            _ = poll(&polled, 1, 1000)
        }
    }

    func readReplies() {
        var reply = cb_reply()
        var fds: [CInt] = [-1, -1, -1, -1]
        while link >= 0 {
            var count: CInt = 0
            let size = cb_receive_fds(link, &reply, MemoryLayout<cb_reply>.size, &fds, 4, &count)
            if size == -Int(EAGAIN) { return }
            guard size == MemoryLayout<cb_reply>.size, reply.magic == CB_MAGIC else {
                for fd in fds.prefix(Int(count)) { close(fd) }
                lose()
                return
            }
            switch reply.kind {
            case CB_CREATED.rawValue: created(reply.id, fds.prefix(Int(count)))
            case CB_READY.rawValue: ready(reply)
            case CB_TAKEN.rawValue: adapted(reply)
            case CB_REPORT.rawValue: reported(reply)
            case CB_GONE.rawValue: lingering.removeValue(forKey: reply.id)??.leave()
            case CB_ZYGOTE_UP.rawValue: pools.zygoteIsUp(reply.id, now: cb_now_ns())
            case CB_ZYGOTE_DOWN.rawValue: zygoteIsDown(reply)
            default: break
            }
        }
    }

    func closeLink() {
        poller.remove(link)
        close(link)
        link = -1
        gate.close()
    }

    /// The warden is gone, and with it every sandbox.
    private func lose() {
        closeLink()
        let now = cb_now_ns()
        let inLine = pools.forget(now: now).compactMap { runs.removeValue(forKey: $0.id) }
        logger.warning("lost the warden", metadata: ["running": "\(runs.count)"])
        for run in lingering.values { run?.leave() }
        lingering = [:]
        young = []
        for sandbox in sandboxes.values { closeDescriptors(sandbox) }
        sandboxes = [:]
        for run in runs.values {
            run.finish(
                .failure(
                    CodeBoxError(
                        .wardenUnavailable,
                        "the warden went away while the program ran; its sandbox is gone with it")))
        }
        runs = [:]
        for run in inLine { start(run) }
        if case .path = endpoint { connect() }
    }
}
