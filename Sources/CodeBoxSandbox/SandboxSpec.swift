package import CodeBoxCore

/// What the warden must know to make a sandbox: numbers and a digest, nothing a client wrote.
package struct SandboxSpec: Hashable, Sendable {
    /// Digest of the image to be its root, 64 lower-case hex digits.
    package var image: String
    package var limits: Limits

    package init(image: String, limits: Limits) {
        self.image = image
        self.limits = limits
    }
}
