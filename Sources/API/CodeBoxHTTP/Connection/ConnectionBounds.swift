/// How many connections may be open at one time.
package struct ConnectionBounds: Sendable {
    /// Nanoseconds for which a connection must have been idle before it is closed for another one.
    static let graceNs: UInt64 = 200_000_000

    /// Of all clients. Further ones wait in the kernel's backlog.
    package var maximum: Int
    /// Of one address.
    package var maximumPerAddress: Int

    package init(maximum: Int = 1024, maximumPerAddress: Int = 512) {
        self.maximum = maximum
        self.maximumPerAddress = maximumPerAddress
    }

    /// The number of connections from which on idle ones are closed. The places that are left are
    /// those that ``ConnectionLimit`` needs before it accepts.
    var crowded: Int {
        max(maximum, ConnectionLimit.acceptedAtOnce) - ConnectionLimit.acceptedAtOnce
    }
}
