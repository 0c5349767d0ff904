import Glibc

/// Sends signs of life to the supervisor, which kills a warden that sends none.
struct Heartbeat {
    static let pauseNs: UInt64 = 3_000_000_000

    private let lifeline: CInt?
    /// When the next sign is due; nil where the supervisor expects none.
    private(set) var dueNs: UInt64?

    /// - Parameter lifeline: a socket; nil where signs of life are not expected.
    init(on lifeline: CInt?, now: UInt64) {
        self.lifeline = lifeline
        dueNs = lifeline == nil ? nil : now
    }

    /// Sends a sign if it is time.
    mutating func check(_ now: UInt64) {
        guard let lifeline, let dueNs, dueNs <= now else { return }
        self.dueNs = now + Self.pauseNs
        var byte: UInt8 = 0
        // Where the supervisor is not listening just now, the next one will do.
        _ = send(lifeline, &byte, 1, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
    }
}
