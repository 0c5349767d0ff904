/// How the API listens and what it takes.
package struct APIOptions: Sendable {
    package var host: String
    /// 0: any free one.
    package var port: Int
    /// Keys that clients must show; with none, only loopback addresses may be bound.
    package var keys: APIKeys
    /// Bytes of a request's body.
    package var maximumBodyBytes: Int
    /// The longest a request may wait for a job, seconds.
    package var maximumWaitSeconds: Double
    /// Connections open at one time; more wait in the kernel's backlog.
    package var maximumConnections: Int
    /// Seconds a request may take to arrive, and an idle connection to send another.
    package var receiveTimeoutSeconds: Int
    /// CodeBox's own version, told by `/healthz`.
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
