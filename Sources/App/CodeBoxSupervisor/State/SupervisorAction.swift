/// An action of the supervisor; actions are done in order.
package enum SupervisorAction: Sendable, Hashable {
    case start(ChildRole)
    /// Ask the server to finish running jobs and end (SIGTERM).
    case drainServer
    case kill(ChildRole)
    /// Close the warden's lifeline: it destroys every sandbox and ends.
    case releaseWarden
    /// Print that the server listens.
    case announce(port: Int)
    case log(String)
    case exit(Int32)
}
