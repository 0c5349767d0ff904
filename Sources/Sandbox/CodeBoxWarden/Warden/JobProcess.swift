import CLinux
import CWire
import CodeBoxSeccomp
import CodeBoxSystem
import Glibc

/// The process of a job that a zygote forked: a child of the warden's.
struct JobProcess {
    /// A call that the seccomp filter tells of before it is made: an exit (`CB_EXIT_MARK`), one
    /// that makes a socket (``SeccompPolicy/socketMakers``), or one that must be refused.
    struct Call {
        /// The process that makes it: the job's, or a child that this has forked.
        let caller: pid_t
        /// The wait status that an exit leads to.
        let status: CInt
        /// An exit (`CB_EXIT_MARK`).
        let isMarkedExit: Bool
        fileprivate let received: cb_call

        /// What a filter looks at. Only calls that are refused need it, and most calls are exits.
        var data: SeccompAnswers.Call {
            SeccompAnswers.Call(
                number: received.number, architecture: received.architecture,
                arguments: withUnsafeBytes(of: received.arguments) {
                    Array($0.bindMemory(to: UInt64.self))
                })
        }
    }

    /// Of the sandbox, for events.
    private let number: UInt64
    /// -1 before and after.
    private var pidfd: CInt = -1
    private var pid: pid_t = 0
    /// Where the filter tells of calls; -1 before and after.
    private var listener: CInt = -1
    /// Calls that the filter told of, as ``CallBound`` counts them.
    private var calls = 0
    /// Until when the listener is not listened to; nil while it is.
    private(set) var heldUntilNs: UInt64?
    /// A zygote has forked it: there is no second.
    private(set) var isForked = false

    init(number: UInt64) {
        self.number = number
    }

    /// Forked, and not yet reaped or let go of.
    var isOpen: Bool { pidfd >= 0 }

    var hasListener: Bool { listener >= 0 }

    /// Nil before the process was forked and after it was reaped.
    var knownPID: pid_t? { isOpen ? pid : nil }

    /// Takes ownership of the process's pidfd.
    mutating func open(_ pidfd: CInt, _ pid: pid_t, _ events: WardenEvents) throws(SystemError) {
        isForked = true
        self.pid = pid
        self.pidfd = pidfd
        try events.add(pidfd, .job, number)
    }

    /// Takes ownership of the filter's listener.
    mutating func listen(_ listener: CInt, _ events: WardenEvents) throws(SystemError) {
        self.listener = listener
        try events.add(listener, .exit, number)
    }

    /// The next call that the filter tells of; nil if there is none, or if it must wait.
    mutating func nextCall(_ bound: inout CallBound, _ events: WardenEvents) -> Call? {
        guard listener >= 0 else { return nil }
        let now = cb_now_ns()
        guard bound.admits(&calls, now: now) else {
            heldUntilNs = now + CallBound.pauseNs
            events.listen(listener, .exit, number, false)
            return nil
        }
        var call = cb_call()
        guard cb_receive_call(listener, &call) == 0 else { return nil }
        let first = call.arguments.0
        let isMarked = first & UInt64(CB_EXIT_MASK) == UInt64(CB_EXIT_MARK)
        return Call(
            caller: call.pid, status: CInt(first & 0xff) << 8,
            isMarkedExit: call.ends_process != 0 && isMarked, received: call)
    }

    /// Listens again to a filter whose call had to wait.
    mutating func endHold(_ events: WardenEvents, now: UInt64) {
        guard let until = heldUntilNs, until <= now else { return }
        heldUntilNs = nil
        if listener >= 0 { events.listen(listener, .exit, number, true) }
    }

    /// Has a call fail.
    func refuse(_ call: Call, with code: CInt) {
        cb_refuse_call(listener, call.received.id, code)
    }

    /// Hears of no call for a while. A process that makes one waits.
    func pause(_ events: WardenEvents) {
        if listener >= 0 { events.remove(listener) }
    }

    func resume(_ events: WardenEvents) {
        // A listener that can't be watched again leaves calls waiting until the job's time is up.
        if listener >= 0 { try? events.add(listener, .exit, number) }
    }

    /// Lets a call go on.
    func letGo(_ call: Call) {
        cb_continue_call(listener, call.received.id)
    }

    /// Reaps the process if it has ended.
    /// - Returns: `CLD_…` and the status; nil while it runs. `ECHILD` counts as running: its parent
    ///   so far, the go-between, is not quite gone.
    mutating func reap(_ events: WardenEvents) -> (code: CInt, status: CInt)? {
        var (code, status): (CInt, CInt) = (0, 0)
        guard isOpen, cb_reap(pidfd, 0, &code, &status) == 1 else { return nil }
        close(events)
        return (code, status)
    }

    /// Lets go of the process, reaped or not.
    mutating func close(_ events: WardenEvents) {
        guard isOpen else { return }
        events.remove(pidfd)
        Glibc.close(pidfd)
        pidfd = -1
    }

    mutating func closeListener(_ events: WardenEvents) {
        guard listener >= 0 else { return }
        events.remove(listener)
        Glibc.close(listener)
        listener = -1
        heldUntilNs = nil
    }
}
