/// Why a program that runs is killed from outside its sandbox.
enum Interruption: Sendable {
    /// A client canceled the job.
    case canceled
    /// The server ends and the grace period is over.
    case shutdown
    /// The store has given the job to someone else, or ended it; nobody wants this attempt's result.
    case leaseLost
}
