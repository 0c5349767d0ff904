/// Which sandbox a run gets.
struct Handover: Hashable, Sendable {
    let run: UInt64
    let sandbox: UInt64
    /// The sandbox was made while the run waited.
    let isCold: Bool
    /// The run's program runs in the process that the sandbox's zygote forks.
    let isForked: Bool
}
