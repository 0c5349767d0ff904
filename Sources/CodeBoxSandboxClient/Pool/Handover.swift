/// A sandbox is a run's own from now on.
struct Handover: Hashable, Sendable {
    let run: UInt64
    let sandbox: UInt64
    /// It was made while the run waited.
    let isCold: Bool
    /// Its interpreter may go on with the run's program.
    let isForked: Bool
}
