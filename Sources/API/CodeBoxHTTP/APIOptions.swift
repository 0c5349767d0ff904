/// How the API listens, and what it accepts.
package struct APIOptions: Sendable {
    package var host: String
    /// The TCP port; 0 takes a free one.
    package var port: Int
    /// The keys that clients may present. Without keys, only loopback addresses may be bound.
    package var keys: APIKeys
    /// The largest body of a request, in bytes.
    package var maximumBodyBytes: Int
    /// The longest time that a request may wait for a job, in seconds.
    package var maximumWaitSeconds: Double
    /// The most connections that are open at one time; more wait in the kernel's backlog.
    package var maximumConnections: Int
    /// How long a request may take to arrive, and a connection may be idle, in seconds.
    package var receiveTimeoutSeconds: Int
    /// The version of CodeBox, which `/healthz` tells.
    package var version: String

    package init(
        host: String = "127.0.0.1", port: Int = 8080, keys: APIKeys = APIKeys(),
        maximumBodyBytes: Int = 16 << 20, maximumWaitSeconds: Double = 60,
        maximumConnections: Int = 1024, receiveTimeoutSeconds: Int = 60, version: String
    ) {
        self.host = host
        self.port = port
        self.keys = keys
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumWaitSeconds = maximumWaitSeconds
        self.maximumConnections = maximumConnections
        self.receiveTimeoutSeconds = receiveTimeoutSeconds
        self.version = version
    }
}
