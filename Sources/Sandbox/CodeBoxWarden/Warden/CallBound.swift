/// Bounds what the calls that seccomp filters tell of cost the warden, whose thread all sandboxes
/// share: each call takes it some microseconds, and a job can make hundreds of thousands a second.
///
/// The first calls of every sandbox are answered at once. All that sandboxes make beyond these have
/// one rate together, so that many jobs load the warden no more than one does.
struct CallBound {
    /// Calls of a sandbox that are answered at once: those of nearly every program.
    static let free = 2048
    /// For all sandboxes together, beyond their free ones: some 5 % of a core.
    static let perSecond = 10_000
    /// How long a sandbox whose call came too early is not listened to, ns. Its caller waits.
    static let pauseNs: UInt64 = 1_000_000

    private var rest = TokenBucket(burst: 100, perSecond: perSecond)

    /// - Parameters:
    ///   - used: how many calls of the sandbox were answered; counts this one.
    ///   - now: CLOCK_MONOTONIC, nanoseconds.
    /// - Returns: whether to answer the call now.
    mutating func admits(_ used: inout Int, now: UInt64) -> Bool {
        guard used < Self.free || rest.take(now: now) else { return false }
        used += 1
        return true
    }
}
