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
    /// The most connections that are open at one time.
    package var connections: ConnectionBounds
    /// The most memory that requests and responses may take, in bytes; at least four times
    /// ``maximumBodyBytes``, so that a body of that size can be accepted.
    package var requestMemoryBytes: Int
    /// How long a request may take to arrive, and a connection may be idle, in seconds.
    package var receiveTimeoutSeconds: Int
    /// How long a new connection may take to send its first request's head, in seconds.
    package var firstRequestTimeoutSeconds: Int
    /// How long the response to an unknown key is held back, in milliseconds.
    package var wrongKeyPauseMs = 500
    /// The certificate to show; nil serves without TLS.
    package var identity: TLSIdentity?
    /// The version of CodeBox, which `/healthz` tells.
    package var version: String

    package init(
        host: String = "127.0.0.1", port: Int = 8080, keys: APIKeys = APIKeys(),
        maximumBodyBytes: Int = 16 << 20, maximumWaitSeconds: Double = 60,
        connections: ConnectionBounds = ConnectionBounds(), requestMemoryBytes: Int = 128 << 20,
        receiveTimeoutSeconds: Int = 60, firstRequestTimeoutSeconds: Int = 10, version: String
    ) {
        self.host = host
        self.port = port
        self.keys = keys
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumWaitSeconds = maximumWaitSeconds
        self.connections = connections
        self.requestMemoryBytes = max(requestMemoryBytes, 4 * maximumBodyBytes)
        self.receiveTimeoutSeconds = receiveTimeoutSeconds
        self.firstRequestTimeoutSeconds = min(firstRequestTimeoutSeconds, receiveTimeoutSeconds)
        self.version = version
    }
}
