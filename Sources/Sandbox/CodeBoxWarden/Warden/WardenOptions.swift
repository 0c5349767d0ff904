/// What the warden is started with.
package struct WardenOptions: Hashable, Sendable {
    /// Where to listen (a unix socket's path); nil if it is given a connection instead.
    package var socketPath: String?
    /// A connected `SOCK_SEQPACKET` socket to its only client. The warden exits when that closes.
    package var socketFD: CInt?
    /// A pipe's read end, or a socket. When its other end closes, the warden destroys everything
    /// and exits.
    package var lifelineFD: CInt?
    /// Whether the lifeline is a socket on which the warden sends signs of life, a byte each 3 s.
    package var beats: Bool
    /// The folder that holds `<digest>/rootfs`.
    package var imagesDirectory: String
    /// PID 1's program (`codebox-init`).
    package var initPath: String
    /// The only uid, besides the warden's own, whose connections are accepted.
    package var allowedUID: UInt32?
    /// Whether the warden is root of a user namespace that an ordinary user owns, with ids for
    /// sandboxes. It then trusts what any user can write no less than that user does.
    package var hasSubordinateIDs: Bool
    /// The most that the warden makes, whatever its clients ask for.
    package var bounds: WardenBounds
    /// The uid of this machine that jobs run under, where they may change their image: a build runs
    /// its `prepare` steps so. Nil for every other warden, whose images nothing can write to.
    package var preparingAs: UInt32?
    /// Whether the warden hears of each call that a job's filter refuses, and reports them.
    package var tellsRefusals: Bool

    package init(
        socketPath: String? = nil, socketFD: CInt? = nil, lifelineFD: CInt? = nil,
        beats: Bool = false,
        imagesDirectory: String, initPath: String, allowedUID: UInt32? = nil,
        hasSubordinateIDs: Bool = false, bounds: WardenBounds = WardenBounds(),
        preparingAs: UInt32? = nil, tellsRefusals: Bool = false
    ) {
        self.socketPath = socketPath
        self.socketFD = socketFD
        self.lifelineFD = lifelineFD
        self.beats = beats
        self.imagesDirectory = imagesDirectory
        self.initPath = initPath
        self.allowedUID = allowedUID
        self.hasSubordinateIDs = hasSubordinateIDs
        self.bounds = bounds
        self.preparingAs = preparingAs
        self.tellsRefusals = tellsRefusals
    }

    /// A uid of this machine for ``preparingAs``, where root starts the warden. No user has it, and
    /// no sandbox but by the rarest chance.
    package static func idOfPreparation() -> UInt32 {
        var ids = IDRange()
        return ids.take().job
    }
}
