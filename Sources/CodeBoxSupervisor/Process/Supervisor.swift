import CodeBoxCLI
import CodeBoxCore
import Glibc

/// `codebox serve`: starts warden and server, keeps them going, and ends with them.
///
/// Single-threaded and synchronous. What to do is decided by ``SupervisorState``; this carries it
/// out.
struct Supervisor: ~Copyable {
    private let settings: Settings
    private let data: DataDirectory
    private let executable: String
    private let signals: Signals
    private let lock: Descriptor
    private var state: SupervisorState
    private var children: [ChildRole: ChildProcess] = [:]
    /// Its closing tells the warden that we are gone; the warden sends signs of life on it.
    private var lifeline: Descriptor?
    /// The server writes its port here.
    private var readiness: Descriptor?
    /// Known once the server has listened; a restarted server takes the same.
    private var port: Int?
    private var exitStatus: Int32?

    init(_ settings: Settings) throws(CodeBoxError) {
        let data = DataDirectory(settings.dataDirectory)
        try data.prepare(for: try ServiceUser.prepared(setting: settings.user))
        let executable = try Executable.path()
        let lock = try data.lock()
        let signals = try Signals()
        self.settings = settings
        self.data = data
        self.executable = executable
        self.lock = lock
        self.signals = signals
        state = SupervisorState(graceMs: Int(settings.shutdownGraceSeconds * 1000))
    }

    /// Returns when both children have ended.
    /// - Returns: the status to exit with.
    mutating func run() throws(CodeBoxError) -> Int32 {
        try perform(state.begin(now: MonotonicClock.milliseconds()))
        while exitStatus == nil {
            try wait()
        }
        for child in children.values { child.send(SIGKILL) }
        return exitStatus ?? ExitStatus.software.rawValue
    }

    private mutating func wait() throws(CodeBoxError) {
        // poll(2) passes over a negative descriptor.
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

    /// Milliseconds until the state wants to be asked again; -1 for ever.
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
        // The server has less privilege than we: what it says is bounded like a client's word.
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
            // The warden's end of it is closed: the warden is about to have ended.
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
                Console.line("codebox: listening on http://\(Address.text(settings.host, port))")
            case .log(let message): log(message)
            case .exit(let status): exitStatus = status
            }
        }
    }

    private func log(_ message: String) {
        let line = LogLine(
            time: Timestamp.now.rfc3339, level: "warning", label: "codebox.supervisor",
            message: message, fields: [])
        Console.error(settings.logFormat == "json" ? line.json : line.text)
    }

    private mutating func startWarden() throws(CodeBoxError) {
        let user = try ServiceUser.current(setting: settings.user)
        let sockets = try SocketPair()
        let arguments =
            [
                "--socket", data.wardenSocket, "--images", data.imagesDirectory,
                "--init", try Executable.initPath(), "--allowed-uid", "\(user.uid)",
                "--lifeline-fd", "3", "--beats",
            ] + settings.wardenBounds
        children[.warden] = try ChildProcess.startWarden(
            executable, arguments: arguments, descriptor: sockets.theirs.number)
        lifeline = sockets.ourEnd()
    }

    private mutating func startServer() throws(CodeBoxError) {
        let pipe = try Pipe()
        var arguments = ["server", "--ready-fd", "3", "--supervisor", "\(getpid())"]
        arguments += settings.arguments
        // Port 0 was for the first start; clients know the port by now.
        if let port { arguments.append("--port=\(port)") }
        children[.server] = try ChildProcess.start(
            executable, arguments: arguments, descriptor: pipe.writing.number)
        readiness = pipe.readingEnd()
    }
}
