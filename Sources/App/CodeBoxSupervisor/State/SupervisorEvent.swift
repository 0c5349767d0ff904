/// An event that the supervisor reacts to.
package enum SupervisorEvent: Sendable, Hashable {
    /// A child ended and was reaped.
    case ended(ChildRole, ChildEnd)
    /// The server listens, on this port.
    case listening(port: Int)
    /// The warden has given a sign of life, which it does every few seconds.
    case wardenBeat
    /// SIGTERM or SIGINT arrived.
    case stopRequested
    /// ``SupervisorState/deadline`` has come.
    case deadlineReached
}
