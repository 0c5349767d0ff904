import CSandbox
import CodeBoxCore
import Glibc
import Logging

// A run's way: asked for, created, fed, read, reported.
extension ClientLoop {
    func start(_ run: SandboxRun) {
        if run.isCanceled {
            run.finish(.success(run.canceledReport))
            return
        }
        if !shutdowns.isEmpty {
            run.finish(.failure(Self.gone))
            return
        }
        guard link >= 0 else {
            guard case .path = endpoint else {
                run.finish(.failure(Self.gone))
                return
            }
            waiting.append(run)
            return
        }
        run.isRequested = true
        runs[run.id] = run
        send(cb_request(create: run.id, image: run.image, limits: run.spec.limits))
    }

    func cancel(_ run: SandboxRun) {
        guard !run.isCanceled, !run.isFinished || !run.isRequested else { return }
        run.isCanceled = true
        if run.isRequested {
            if link >= 0, runs[run.id] != nil { send(cb_request(kill: run.id)) }
        } else if let index = waiting.firstIndex(where: { $0 === run }) {
            waiting.remove(at: index)
            run.finish(.success(run.canceledReport))
        }
    }

    func created(_ id: UInt64, _ fds: [CInt]) {
        guard let run = runs[id] else {
            fds.forEach { close($0) }
            return
        }
        guard fds.count == 4 else {
            // The kernel leaves out those that there is no room for in this process.
            fds.forEach { close($0) }
            runs[id] = nil
            lingering.insert(id)
            send(cb_request(kill: id))
            run.finish(.failure(Self.outOfDescriptors))
            return
        }
        fds.forEach { Descriptor.setNonBlocking($0) }
        (run.job, run.stdin, run.stdout, run.stderr) = (fds[0], fds[1], fds[2], fds[3])
        do throws(SystemError) {
            try poller.add(run.stdout, token: Part.stdout.token(id))
            try poller.add(run.stderr, token: Part.stderr.token(id))
            if run.sendProgram() {
                close(&run.job)
            } else {
                try poller.add(run.job, token: Part.job.token(id), reading: false, writing: true)
            }
            if run.sendInput() {
                close(&run.stdin)
            } else {
                try poller.add(
                    run.stdin, token: Part.stdin.token(id), reading: false, writing: true)
            }
        } catch {
            logger.error("can't watch a sandbox", metadata: ["error": "\(error)"])
            send(cb_request(kill: id))
        }
    }

    func continueProgram(_ run: SandboxRun) {
        if run.sendProgram() { close(&run.job) }
    }

    func continueInput(_ run: SandboxRun) {
        if run.sendInput() { close(&run.stdin) }
    }

    func readOutput(_ run: SandboxRun, _ stream: OutputStream) {
        // One bufferful a turn, so that a flood on one pipe starves no other.
        guard !run.read(stream, into: buffer, most: buffer.count) else { return }
        if stream == .stdout { close(&run.stdout) } else { close(&run.stderr) }
    }

    func reported(_ reply: cb_reply) {
        guard let run = runs.removeValue(forKey: reply.id) else { return }
        lingering.insert(reply.id)
        run.drain(into: buffer)
        closeDescriptors(run)
        run.finish(run.outcome(of: reply))
    }

    func closeDescriptors(_ run: SandboxRun) {
        close(&run.job)
        close(&run.stdin)
        close(&run.stdout)
        close(&run.stderr)
    }

    private func close(_ fd: inout CInt) {
        guard fd >= 0 else { return }
        poller.remove(fd)
        Glibc.close(fd)
        fd = -1
    }

    private func close(_ fd: CInt) {
        Glibc.close(fd)
    }
}
