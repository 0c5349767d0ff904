import NIOCore
import Synchronization

/// One open connection, and since when it is idle.
///
/// It is idle while no request is in flight: before its first request, between requests, and while
/// a head arrives.
final class Connection: Sendable {
    private static let busy = UInt64.max

    let channel: any Channel
    let client: ClientUse
    /// Nanoseconds of ``NIODeadline``; ``busy`` while a request is in flight.
    private let idleSince: Atomic<UInt64>

    init(_ channel: any Channel, _ client: ClientUse) {
        self.channel = channel
        self.client = client
        idleSince = Atomic(NIODeadline.now().uptimeNanoseconds)
    }

    func becomeBusy() { idleSince.store(Self.busy, ordering: .relaxed) }

    func becomeIdle() {
        idleSince.store(NIODeadline.now().uptimeNanoseconds, ordering: .relaxed)
    }

    var isIdle: Bool { idleSince.load(ordering: .relaxed) != Self.busy }

    /// Orders connections: the one that is idle longest is the least; busy ones are the greatest.
    var idleRank: UInt64 { idleSince.load(ordering: .relaxed) }
}
