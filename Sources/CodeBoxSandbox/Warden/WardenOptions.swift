/// What the warden is started with.
package struct WardenOptions: Sendable {
    /// Where to listen (a unix socket's path); nil if it is given a connection instead.
    package var socketPath: String?
    /// A connected `SOCK_SEQPACKET` socket to its only client; it exits when that closes.
    package var socketFD: CInt?
    /// The read end of a pipe whose closing means "destroy everything and exit".
    package var lifelineFD: CInt?
    /// The folder that holds `<digest>/rootfs`.
    package var imagesDirectory: String
    /// PID 1's program (`codebox-init`).
    package var initPath: String
    /// The only uid whose connections are taken, besides the warden's own.
    package var allowedUID: UInt32?

    package init(
        socketPath: String? = nil, socketFD: CInt? = nil, lifelineFD: CInt? = nil,
        imagesDirectory: String, initPath: String, allowedUID: UInt32? = nil
    ) {
        self.socketPath = socketPath
        self.socketFD = socketFD
        self.lifelineFD = lifelineFD
        self.imagesDirectory = imagesDirectory
        self.initPath = initPath
        self.allowedUID = allowedUID
    }
}
