import CWire
import Glibc

/// Bounds how many sandboxes, or zygotes, are alive at one time and are made in a second.
struct MakingBound {
    /// For messages, e.g. `sandboxes`.
    private let name: String
    private let most: Int
    private var rate: TokenBucket

    init(_ name: String, most: Int, rate: TokenBucket) {
        self.name = name
        self.most = most
        self.rate = rate
    }

    /// - Parameters:
    ///   - alive: how many there are.
    ///   - now: `CLOCK_MONOTONIC`, nanoseconds.
    /// - Throws: if there may be no more now.
    mutating func admit(alive: Int, now: UInt64) throws(SandboxMaker.Failure) {
        guard alive < most else { throw failure("\(most) \(name) are alive already") }
        guard rate.take(now: now) else {
            throw failure("more \(name) a second are asked for than the warden makes")
        }
    }

    private func failure(_ detail: String) -> SandboxMaker.Failure {
        SandboxMaker.Failure(step: CB_STEP_CLONE, code: EAGAIN, detail: detail)
    }
}
