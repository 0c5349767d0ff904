package import CodeBoxCore

/// What the warden must know to make a sandbox: numbers and a digest, nothing a client wrote.
package struct SandboxSpec: Hashable, Sendable {
    /// Digest of the image to be its root, 64 lower-case hex digits.
    package var image: String
    package var limits: Limits
    /// The pools to take a waiting sandbox from, the best first: in one whose zygote is the first's,
    /// the program goes on in the forked interpreter, in any other it is exec'ed. With none, a
    /// sandbox is made for it and its program exec'ed.
    package var pools: [WarmPoolKey]

    package init(image: String, limits: Limits, pools: [WarmPoolKey] = []) {
        self.image = image
        self.limits = limits
        self.pools = pools
    }
}
