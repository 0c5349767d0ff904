package import CodeBoxCore

/// What the warden must know to make a sandbox: numbers and a digest, nothing that a client wrote.
package struct SandboxSpec: Hashable, Sendable {
    /// Digest of the image that becomes the sandbox's root, 64 lower-case hex digits.
    package var image: String
    package var limits: Limits
    /// The pools that a waiting sandbox may be taken from, the best first. In a sandbox with the
    /// zygote of the first pool, or one that ``ZygoteSetting/serves(_:)``, the program runs in a
    /// forked process; in any other it is exec'ed.
    /// If there are no pools, a sandbox is made for the program, which is exec'ed.
    package var pools: [WarmPoolKey]

    package init(image: String, limits: Limits, pools: [WarmPoolKey] = []) {
        self.image = image
        self.limits = limits
        self.pools = pools
    }
}
