import CLinux
import CWire
import CodeBoxSeccomp
import Glibc

/// The system calls that one sandbox's filter refused, where the warden is asked to tell them.
///
/// A job can make refused calls without end. Each one waits for the warden, which answers a number
/// of them at once and the rest at a rate, so a job can't keep the warden busy. The list is
/// bounded.
struct DeniedCalls {
    /// Calls of a sandbox that are answered at once.
    static let atOnce = 128
    /// How long no call of the sandbox is answered after each of the others, nanoseconds: 250 a
    /// second are.
    static let pauseNs: UInt64 = 4_000_000

    /// What the filter would answer if it did not tell.
    private let answers: SeccompAnswers
    private var total = 0
    /// By call and errno; the first `CB_MAXIMUM_REFUSALS` that differ.
    private var entries: [cb_refusal] = []
    /// When calls are answered again; nil while they are.
    private(set) var resumeNs: UInt64?

    init(_ answers: SeccompAnswers) {
        self.answers = answers
    }

    /// Counts a call.
    /// - Returns: the errno that it fails with.
    mutating func add(_ call: SeccompAnswers.Call, now: UInt64) -> CInt {
        total = min(total + 1, Self.atOnce + 1)
        if total > Self.atOnce { resumeNs = now + Self.pauseNs }
        // The filter tells only of calls that it has an errno for. No other call is made either.
        let error = answers.errno(of: call) ?? ENOSYS
        count(UInt16(clamping: call.number), UInt16(clamping: error))
        return error
    }

    private mutating func count(_ number: UInt16, _ error: UInt16) {
        if let at = entries.firstIndex(where: { $0.number == number && $0.error == error }) {
            if entries[at].count < .max { entries[at].count += 1 }
        } else if entries.count < Int(CB_MAXIMUM_REFUSALS) {
            entries.append(cb_refusal(number: number, error: error, count: 1))
        }
    }

    /// Whether the pause is over; it then ends.
    mutating func endPause(_ now: UInt64) -> Bool {
        guard let resume = resumeNs, resume <= now else { return false }
        resumeNs = nil
        return true
    }

    /// The most frequent first.
    var refusals: [cb_refusal] {
        entries.sorted { ($1.count, $0.number, $0.error) < ($0.count, $1.number, $1.error) }
    }
}
