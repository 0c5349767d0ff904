/// What the warden is started with.
package struct WardenOptions: Sendable {
    /// Where to listen (a unix socket's path); nil if it is given a connection instead.
    package var socketPath: String?
    /// A connected `SOCK_SEQPACKET` socket to its only client; it exits when that closes.
    package var socketFD: CInt?
    /// A pipe's read end, or a socket, whose other end's closing means "destroy everything and exit".
    package var lifelineFD: CInt?
    /// Whether the lifeline is a socket that signs of life are to be sent on: a byte every
    /// ``Warden/beatNs``.
    package var beats: Bool
    /// The folder that holds `<digest>/rootfs`.
    package var imagesDirectory: String
    /// PID 1's program (`codebox-init`).
    package var initPath: String
    /// The only uid whose connections are taken, besides the warden's own.
    package var allowedUID: UInt32?
    /// The most that it makes, whatever is asked for.
    package var bounds: WardenBounds

    package init(
        socketPath: String? = nil, socketFD: CInt? = nil, lifelineFD: CInt? = nil,
        beats: Bool = false,
        imagesDirectory: String, initPath: String, allowedUID: UInt32? = nil,
        bounds: WardenBounds = WardenBounds()
    ) {
        self.socketPath = socketPath
        self.socketFD = socketFD
        self.lifelineFD = lifelineFD
        self.beats = beats
        self.imagesDirectory = imagesDirectory
        self.initPath = initPath
        self.allowedUID = allowedUID
        self.bounds = bounds
    }
}
