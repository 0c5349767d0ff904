/// Decides what the supervisor does. ``Supervisor`` makes the system calls.
///
/// Times are milliseconds on any clock that does not run backwards.
package struct SupervisorState: Sendable {
    private enum Phase: Hashable {
        /// The server has never listened. Its end is final, not a crash.
        case starting
        case serving
        /// The server finishes running jobs.
        case draining
        /// The server is gone and the warden ends. The value is the exit status.
        case releasing(Int32)
        case done
    }

    private enum Child: Hashable {
        case down
        case up(since: Int)
        case waiting(until: Int)

        var isUp: Bool {
            if case .up = self { true } else { false }
        }
    }

    /// A warden that exits by itself sooner than this after its first start can't work here.
    package static let wardenProvenMs = 1_000
    /// Time after the grace period for the server, and for the warden, to end before they are
    /// killed.
    package static let patienceMs = 10_000

    /// A warden that gave signs of life and then none for this long hangs: it starts no program,
    /// and stops none whose time is up.
    package static let silenceMs = 15_000
    /// If the supervisor wakes this late, it was suspended itself, probably with the warden, whose
    /// silence then proves nothing.
    static let oversleptMs = 2_000

    private let graceMs: Int
    private var phase = Phase.starting
    private var children: [ChildRole: Child] = [.warden: .down, .server: .down]
    private var policies: [ChildRole: RestartPolicy] = [
        .warden: RestartPolicy(), .server: RestartPolicy(),
    ]
    private var isWardenProven = false
    private var phaseDeadline: Int?
    /// A warden was killed and none has started since, so its cgroups are still on the machine.
    private var hasWardenLeftovers = false
    /// After a stop was requested, at most one warden is started to remove them.
    private var maySweep = true
    /// The time at which the warden counts as hanging; nil before its first sign of life.
    private var silenceDeadline: Int?

    /// - Parameter graceMs: the longest time that the server needs to drain.
    package init(graceMs: Int) {
        self.graceMs = graceMs
    }

    /// The time at which `deadlineReached` is due; nil if there is nothing to wait for.
    package var deadline: Int? {
        let restarts = children.values.compactMap { child -> Int? in
            if case .waiting(let until) = child { until } else { nil }
        }
        return (restarts + [phaseDeadline, silenceDeadline].compactMap { $0 }).min()
    }

    package mutating func begin(now: Int) -> [SupervisorAction] {
        start(.warden, now: now) + start(.server, now: now)
    }

    package mutating func handle(_ event: SupervisorEvent, now: Int) -> [SupervisorAction] {
        switch event {
        case .ended(let role, let end): ended(role, end, now: now)
        case .listening(let port): listening(port)
        case .wardenBeat: wardenBeat(now: now)
        case .stopRequested: stopRequested(now: now)
        case .deadlineReached: deadlineReached(now: now)
        }
    }

    private mutating func start(_ role: ChildRole, now: Int) -> [SupervisorAction] {
        children[role] = .up(since: now)
        if role == .warden { hasWardenLeftovers = false }
        return [.start(role)]
    }

    private mutating func listening(_ port: Int) -> [SupervisorAction] {
        guard phase == .starting else { return [] }
        phase = .serving
        return [.announce(port: port)]
    }

    private mutating func wardenBeat(now: Int) -> [SupervisorAction] {
        // An ending warden sends no signs of life; another deadline covers it.
        switch phase {
        case .starting, .serving, .draining: silenceDeadline = now + Self.silenceMs
        case .releasing, .done: break
        }
        return []
    }

    private mutating func wardenSilent(since due: Int, now: Int) -> [SupervisorAction] {
        silenceDeadline = nil
        guard now < due + Self.oversleptMs else { return wardenBeat(now: now) }
        let seconds = Self.silenceMs / 1000
        return [
            .log("the warden has given no sign of life for \(seconds) s; killing it"),
            .kill(.warden),
        ]
    }

    private mutating func ended(_ role: ChildRole, _ end: ChildEnd, now: Int) -> [SupervisorAction]
    {
        guard case .up(let since) = children[role] else { return [] }
        children[role] = .down
        if role == .warden {
            silenceDeadline = nil
            if case .killed = end { hasWardenLeftovers = true }
        }
        switch phase {
        case .starting, .serving:
            return crashed(role, end, livedMs: now - since, now: now)
        case .draining:
            guard role == .server else {
                return [.log("the warden \(end) while the server was finishing")]
            }
            return release(status: 0, now: now)
        case .releasing(let status):
            return role == .warden ? release(status: status, now: now) : []
        case .done:
            return []
        }
    }

    private mutating func crashed(_ role: ChildRole, _ end: ChildEnd, livedMs: Int, now: Int)
        -> [SupervisorAction]
    {
        let isFinal = isFinal(role, livedMs: livedMs)
        if isFinal, case .exited(let code) = end {
            // The child has explained this on stderr.
            return [.log("the \(role.rawValue) could not start")]
                + giveUp(code == 0 ? 1 : code, now: now)
        }
        var policy = policies[role] ?? RestartPolicy()
        let pause = policy.childDied(livedMs: livedMs)
        policies[role] = policy
        let when = pause == 0 ? "starting it again" : "starting it again in \(pause) ms"
        let report = SupervisorAction.log("the \(role.rawValue) \(end); \(when)")
        guard pause > 0 else { return [report] + start(role, now: now) }
        children[role] = .waiting(until: now + pause)
        return [report]
    }

    /// True if a restart of the child would be useless.
    private mutating func isFinal(_ role: ChildRole, livedMs: Int) -> Bool {
        switch role {
        case .server: return phase == .starting
        case .warden:
            defer { isWardenProven = true }
            return !isWardenProven && livedMs < Self.wardenProvenMs
        }
    }

    private mutating func giveUp(_ status: Int32, now: Int) -> [SupervisorAction] {
        var actions: [SupervisorAction] = []
        if isUp(.server) {
            actions.append(.kill(.server))
        }
        return actions + release(status: status, now: now)
    }

    private mutating func stopRequested(now: Int) -> [SupervisorAction] {
        switch phase {
        case .starting, .serving:
            cancelRestarts()
            guard isUp(.server) else { return release(status: 0, now: now) }
            phase = .draining
            phaseDeadline = now + graceMs + Self.patienceMs
            return [.drainServer]
        case .draining:
            return [.log("stopping at once"), .kill(.server)]
        case .releasing:
            maySweep = false
            return [.kill(.warden)]
        case .done:
            return []
        }
    }

    private mutating func deadlineReached(now: Int) -> [SupervisorAction] {
        var actions: [SupervisorAction] = []
        for role in ChildRole.allCases {
            if case .waiting(let until) = children[role], until <= now {
                actions += start(role, now: now)
            }
        }
        if let due = silenceDeadline, due <= now { actions += wardenSilent(since: due, now: now) }
        guard let due = phaseDeadline, due <= now else { return actions }
        phaseDeadline = nil
        switch phase {
        case .draining: actions += [.log("the server did not end in time"), .kill(.server)]
        case .releasing:
            maySweep = false
            actions += [.log("the warden did not end in time"), .kill(.warden)]
        case .starting, .serving, .done: break
        }
        return actions
    }

    /// Ends the warden. If it was killed, another one starts first: a warden removes its
    /// predecessors' cgroups, and ends at once when its lifeline is closed.
    private mutating func release(status: Int32, now: Int) -> [SupervisorAction] {
        cancelRestarts()
        let isSweepDue = !isUp(.warden) && hasWardenLeftovers && maySweep
        guard isUp(.warden) || isSweepDue else { return finish(status) }
        phase = .releasing(status)
        silenceDeadline = nil
        phaseDeadline = now + Self.patienceMs
        guard isSweepDue else { return [.releaseWarden] }
        maySweep = false
        return start(.warden, now: now) + [.releaseWarden]
    }

    private mutating func finish(_ status: Int32) -> [SupervisorAction] {
        phase = .done
        phaseDeadline = nil
        return [.exit(status)]
    }

    private func isUp(_ role: ChildRole) -> Bool { children[role]?.isUp ?? false }

    private mutating func cancelRestarts() {
        for role in ChildRole.allCases where !isUp(role) { children[role] = .down }
    }
}
