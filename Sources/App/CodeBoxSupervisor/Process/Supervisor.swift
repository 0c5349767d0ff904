package import CodeBoxConfiguration
package import CodeBoxCore
import CodeBoxSystem
import CodeBoxWarden
import Glibc

/// `codebox serve`: starts the warden and the server, restarts them, and ends with them.
///
/// Single-threaded and synchronous. ``SupervisorState`` decides what to do; this type does it.
package struct Supervisor: ~Copyable {
    private let settings: Settings
    private let output: SupervisorOutput
    private let data: DataDirectory
    private let executable: String
    private let signals: Signals
    private let lock: Descriptor
    private var state: SupervisorState
    private var children: [ChildRole: ChildProcess] = [:]
    /// The warden sends signs of life on this socket, and ends when it is closed.
    private var lifeline: Descriptor?
    /// The server writes its port here.
    private var readiness: Descriptor?
    /// Known once the server has listened; a restarted server takes the same port.
    private var port: Int?
    private var exitStatus: Int32?

    package init(_ settings: Settings, output: SupervisorOutput) throws(CodeBoxError) {
        let data = DataDirectory(settings.dataDirectory)
        try data.prepare(for: try ServiceUser.prepared(setting: settings.user))
        let executable = try Executable.path()
        let lock = try data.lock()
        let signals = try Signals()
        self.settings = settings
        self.output = output
        self.data = data
        self.executable = executable
        self.lock = lock
        self.signals = signals
        state = SupervisorState(graceMs: Int(settings.shutdownGraceSeconds * 1000))
    }

    /// Returns when both children have ended.
    /// - Returns: the status to exit with.
    package mutating func run() throws(CodeBoxError) -> Int32 {
        try perform(state.begin(now: MonotonicClock.milliseconds()))
        while exitStatus == nil {
            try wait()
        }
        for child in children.values { child.send(SIGKILL) }
        return exitStatus ?? EX_SOFTWARE
    }

    private mutating func wait() throws(CodeBoxError) {
        // poll(2) ignores a negative descriptor.
        let numbers = [
            signals.descriptor.number, Self.number(readiness) ?? -1,
            Self.number(lifeline) ?? -1,
        ]
        var sources = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let count = poll(&sources, nfds_t(sources.count), timeout())
        guard count >= 0 || errno == EINTR else {
            throw CodeBoxError.system(.internalError, "poll failed")
        }
        if sources[1].revents != 0 { try readPort() }
        if sources[2].revents != 0 { try readBeats() }
        if sources[0].revents != 0 { try readSignals() }
        if let deadline = state.deadline, deadline <= MonotonicClock.milliseconds() {
            try handle(.deadlineReached)
        }
    }

    private static func number(_ descriptor: borrowing Descriptor?) -> CInt? {
        switch descriptor {
        case .some(let descriptor): descriptor.number
        case .none: nil
        }
    }

    /// Milliseconds until the state's deadline; -1 without a deadline.
    private func timeout() -> CInt {
        guard let deadline = state.deadline else { return -1 }
        return CInt(clamping: max(0, deadline - MonotonicClock.milliseconds()))
    }

    private mutating func readSignals() throws(CodeBoxError) {
        while let signal = signals.next() {
            if signal == SIGCHLD {
                try reap()
            } else {
                try handle(.stopRequested)
            }
        }
    }

    private mutating func reap() throws(CodeBoxError) {
        for role in ChildRole.allCases {
            guard let end = children[role]?.reap() else { continue }
            children[role] = nil
            if role == .warden { lifeline = nil } else { readiness = nil }
            try handle(.ended(role, end))
        }
    }

    private mutating func readPort() throws(CodeBoxError) {
        guard let number = Self.number(readiness) else { return }
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = read(number, &buffer, buffer.count)
        readiness = nil
        let text = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        // The server has less privilege than this process: its word is checked like a client's.
        guard let port = UInt16(text.prefix { $0 != "\n" }), port > 0 else { return }
        self.port = Int(port)
        try handle(.listening(port: Int(port)))
    }

    private mutating func readBeats() throws(CodeBoxError) {
        guard let number = Self.number(lifeline) else { return }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = recv(number, &buffer, buffer.count, CInt(MSG_DONTWAIT))
        if count > 0 {
            try handle(.wardenBeat)
        } else if count == 0 || errno != EAGAIN {
            // The warden has closed its end: it is about to exit.
            lifeline = nil
        }
    }

    private mutating func handle(_ event: SupervisorEvent) throws(CodeBoxError) {
        try perform(state.handle(event, now: MonotonicClock.milliseconds()))
    }

    private mutating func perform(_ actions: [SupervisorAction]) throws(CodeBoxError) {
        for action in actions {
            switch action {
            case .start(.warden): try startWarden()
            case .start(.server): try startServer()
            case .drainServer: children[.server]?.send(SIGTERM)
            case .kill(let role): children[role]?.send(SIGKILL)
            case .releaseWarden: lifeline = nil
            case .announce(let port):
                let scheme = settings.tlsCertificateFile == nil ? "http" : "https"
                output.announce("\(scheme)://\(Address.text(settings.host, port))")
            case .log(let message): output.warn(message)
            case .exit(let status): exitStatus = status
            }
        }
    }

    private mutating func startWarden() throws(CodeBoxError) {
        let user = try ServiceUser.current(setting: settings.user)
        let options = WardenOptions(
            socketPath: data.wardenSocket, lifelineFD: 3, beats: true,
            imagesDirectory: data.imagesDirectory, initPath: try Executable.initPath(),
            allowedUID: user.uid, bounds: settings.wardenBounds,
            tellsRefusals: settings.tellsRefusals)
        let warden = WardenLaunch(
            try Executable.wardenPath(), options, owners: TrustedPath.ownersOfServices)
        let sockets: SocketPair
        do throws(SystemError) {
            sockets = try SocketPair(SOCK_STREAM)
        } catch {
            throw CodeBoxError(.internalError, "can't make the warden's lifeline", error)
        }
        children[.warden] = try ChildProcess.start(warden, descriptor: sockets.theirs.number)
        lifeline = sockets.ourEnd()
    }

    private mutating func startServer() throws(CodeBoxError) {
        let pipe: Pipe
        do throws(SystemError) {
            pipe = try Pipe()
        } catch {
            throw CodeBoxError(.internalError, "can't make a pipe for the server", error)
        }
        var arguments = ["server", "--ready-fd", "3", "--supervisor", "\(getpid())"]
        arguments += settings.arguments
        // Port 0 is for the first start only: clients know the port by now.
        if let port { arguments.append("--port=\(port)") }
        children[.server] = try ChildProcess.start(
            executable, arguments: arguments, descriptor: pipe.writing.number)
        readiness = pipe.readingEnd()
    }
}
