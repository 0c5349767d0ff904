import CodeBoxSupervisor
import Testing

struct SupervisorStateTests {
    /// A supervisor whose two children run and whose server listens, at time 0.
    private func serving() -> SupervisorState {
        var state = SupervisorState(graceMs: 30_000)
        #expect(state.begin(now: 0) == [.start(.warden), .start(.server)])
        #expect(state.handle(.listening(port: 80), now: 50) == [.announce(port: 80)])
        return state
    }

    private func starts(_ actions: [SupervisorAction]) -> [ChildRole] {
        actions.compactMap { if case .start(let role) = $0 { role } else { nil } }
    }

    @Test("a child that dies is started again at once, without touching the other")
    func restartsAtOnce() {
        for role in ChildRole.allCases {
            var state = serving()
            let actions = state.handle(.ended(role, .killed(signal: 9)), now: 5_000)
            #expect(starts(actions) == [role])
            #expect(state.deadline == nil)
        }
    }

    @Test("a child that dies again and again is started after pauses")
    func restartsWithPauses() {
        var state = serving()
        _ = state.handle(.ended(.server, .killed(signal: 9)), now: 5_000)
        let second = state.handle(.ended(.server, .killed(signal: 9)), now: 5_010)
        #expect(starts(second).isEmpty)
        #expect(state.deadline == 5_110)
        #expect(state.handle(.deadlineReached, now: 5_109).isEmpty)
        #expect(starts(state.handle(.deadlineReached, now: 5_110)) == [.server])
        #expect(state.deadline == nil)
    }

    @Test("a restarted server that listens is not announced a second time")
    func announcesOnce() {
        var state = serving()
        _ = state.handle(.ended(.server, .killed(signal: 9)), now: 5_000)
        #expect(state.handle(.listening(port: 80), now: 5_100).isEmpty)
    }

    @Test("a server that exits before it ever listened ends everything with its status")
    func failedStart() {
        var state = SupervisorState(graceMs: 30_000)
        _ = state.begin(now: 0)
        let actions = state.handle(.ended(.server, .exited(78)), now: 40)
        #expect(actions.last == .releaseWarden)
        #expect(starts(actions).isEmpty)
        #expect(state.handle(.ended(.warden, .exited(0)), now: 60) == [.exit(78)])
    }

    @Test("a warden that exits at its first start ends everything, after that it is restarted")
    func failedWarden() {
        var state = serving()
        let actions = state.handle(.ended(.warden, .exited(1)), now: 100)
        #expect(actions.contains(.kill(.server)))
        #expect(actions.last == .exit(1))

        state = serving()
        #expect(starts(state.handle(.ended(.warden, .exited(1)), now: 2_000)) == [.warden])
        #expect(starts(state.handle(.ended(.warden, .exited(1)), now: 2_001)).isEmpty)
        #expect(state.deadline == 2_101)
    }

    @Test("a warden killed at its first start is restarted, and then no exit is final")
    func killedWarden() {
        var state = serving()
        #expect(starts(state.handle(.ended(.warden, .killed(signal: 9)), now: 100)) == [.warden])
        let actions = state.handle(.ended(.warden, .exited(1)), now: 150)
        #expect(state.deadline == 250)
        #expect(!actions.contains(.exit(1)))
    }

    @Test("a warden that falls silent is killed; one that has not spoken yet is given its time")
    func silentWarden() {
        var state = serving()
        #expect(state.deadline == nil)
        #expect(state.handle(.wardenBeat, now: 1_000).isEmpty)
        #expect(state.handle(.wardenBeat, now: 4_000).isEmpty)
        let due = 4_000 + SupervisorState.silenceMs
        #expect(state.deadline == due)
        #expect(state.handle(.deadlineReached, now: due - 1).isEmpty)
        #expect(state.handle(.deadlineReached, now: due).last == .kill(.warden))
        #expect(state.deadline == nil)
        #expect(
            starts(state.handle(.ended(.warden, .killed(signal: 9)), now: due + 5)) == [.warden])
        #expect(state.deadline == nil, "its successor has not spoken yet")
    }

    @Test("a supervisor that was stopped itself gives the warden another chance, and just one")
    func oversleptSupervisor() throws {
        var state = serving()
        _ = state.handle(.wardenBeat, now: 0)
        #expect(state.handle(.deadlineReached, now: 60_000).isEmpty)
        let due = try #require(state.deadline)
        #expect(due == 60_000 + SupervisorState.silenceMs)
        #expect(state.handle(.deadlineReached, now: due + 1).last == .kill(.warden))
    }

    @Test("a silent warden is killed while the server drains, and left its own time to end")
    func silentWhileStopping() {
        var state = serving()
        _ = state.handle(.wardenBeat, now: 0)
        _ = state.handle(.stopRequested, now: 1_000)
        #expect(
            state.handle(.deadlineReached, now: SupervisorState.silenceMs).last == .kill(.warden))

        state = serving()
        _ = state.handle(.wardenBeat, now: 0)
        _ = state.handle(.stopRequested, now: 1_000)
        _ = state.handle(.ended(.server, .exited(0)), now: 1_100)
        _ = state.handle(.wardenBeat, now: 1_200)
        #expect(state.deadline == 1_100 + SupervisorState.patienceMs)
    }

    @Test("on SIGTERM the server drains first, then the warden goes, then all is over")
    func gracefulStop() {
        var state = serving()
        #expect(state.handle(.stopRequested, now: 1_000) == [.drainServer])
        #expect(state.deadline == 1_000 + 30_000 + SupervisorState.patienceMs)
        #expect(state.handle(.ended(.server, .exited(0)), now: 3_000) == [.releaseWarden])
        #expect(state.handle(.ended(.warden, .exited(0)), now: 3_010) == [.exit(0)])
        #expect(state.deadline == nil)
    }

    @Test("a second SIGTERM does not wait for the jobs, a third not for the warden")
    func impatientStop() {
        var state = serving()
        _ = state.handle(.stopRequested, now: 1_000)
        #expect(state.handle(.stopRequested, now: 1_100).contains(.kill(.server)))
        #expect(state.handle(.ended(.server, .killed(signal: 9)), now: 1_110) == [.releaseWarden])
        #expect(state.handle(.stopRequested, now: 1_120) == [.kill(.warden)])
        #expect(state.handle(.ended(.warden, .killed(signal: 9)), now: 1_130) == [.exit(0)])
    }

    @Test("a server that does not end in time is killed, and so is a warden")
    func overdue() throws {
        var state = serving()
        _ = state.handle(.stopRequested, now: 0)
        let due = try #require(state.deadline)
        #expect(state.handle(.deadlineReached, now: due).contains(.kill(.server)))
        _ = state.handle(.ended(.server, .killed(signal: 9)), now: due + 5)
        let last = try #require(state.deadline)
        #expect(state.handle(.deadlineReached, now: last).contains(.kill(.warden)))
    }

    @Test("nothing is started again once a stop was asked for")
    func noRestartWhileStopping() {
        var state = serving()
        _ = state.handle(.ended(.server, .killed(signal: 9)), now: 5_000)
        _ = state.handle(.ended(.server, .killed(signal: 9)), now: 5_010)
        #expect(state.handle(.stopRequested, now: 5_020) == [.releaseWarden])
        #expect(starts(state.handle(.deadlineReached, now: 5_200)).isEmpty)

        state = serving()
        _ = state.handle(.stopRequested, now: 1_000)
        #expect(starts(state.handle(.ended(.warden, .exited(1)), now: 1_010)).isEmpty)
        #expect(state.handle(.ended(.server, .exited(0)), now: 1_020) == [.exit(0)])
    }

    @Test("what a killed warden left is removed by another one, before all is over")
    func sweepsAtTheEnd() {
        let killed = SupervisorEvent.ended(.warden, .killed(signal: 9))
        let sweeps = [SupervisorAction.start(.warden), .releaseWarden]
        // While the server finishes.
        var state = serving()
        _ = state.handle(.stopRequested, now: 1_000)
        #expect(starts(state.handle(killed, now: 1_010)).isEmpty)
        #expect(state.handle(.ended(.server, .exited(0)), now: 1_020) == sweeps)
        #expect(state.deadline == 1_020 + SupervisorState.patienceMs)
        #expect(state.handle(.ended(.warden, .exited(0)), now: 1_050) == [.exit(0)])

        // While it waits to be started again.
        state = serving()
        _ = state.handle(killed, now: 1_000)
        _ = state.handle(killed, now: 1_010)
        #expect(state.handle(.stopRequested, now: 1_020) == [.drainServer])
        #expect(state.handle(.ended(.server, .exited(0)), now: 1_030) == sweeps)

        // While it puts its sandboxes away; and once only.
        state = serving()
        _ = state.handle(.stopRequested, now: 1_000)
        #expect(state.handle(.ended(.server, .exited(0)), now: 1_010) == [.releaseWarden])
        #expect(state.handle(killed, now: 1_020) == sweeps)
        #expect(state.handle(killed, now: 1_030) == [.exit(0)])

        // A successor has swept already.
        state = serving()
        _ = state.handle(killed, now: 1_000)
        _ = state.handle(.stopRequested, now: 2_000)
        #expect(state.handle(.ended(.server, .exited(0)), now: 2_010) == [.releaseWarden])
    }

    @Test("a stop before the server listens is a stop all the same")
    func earlyStop() {
        var state = SupervisorState(graceMs: 1_000)
        _ = state.begin(now: 0)
        #expect(state.handle(.stopRequested, now: 5) == [.drainServer])
        #expect(state.handle(.ended(.server, .killed(signal: 15)), now: 9) == [.releaseWarden])
        #expect(state.handle(.ended(.warden, .exited(0)), now: 10) == [.exit(0)])
    }

    @Test("a wait status tells an exit from a signal")
    func waitStatus() {
        #expect(ChildEnd(status: 78 << 8) == .exited(78))
        #expect(ChildEnd(status: 9) == .killed(signal: 9))
        #expect(ChildEnd(status: 11 | 0x80) == .killed(signal: 11))
    }
}
