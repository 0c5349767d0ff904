package import CodeBoxCore

/// A runtime whose image is on this machine, ready for jobs.
package struct InstalledRuntime: Hashable, Sendable {
    package var manifest: RuntimeManifest
    package var identity: RuntimeIdentity
    /// The image's root, an absolute path. It is mounted read-only and never written.
    package var rootfs: String

    package init(manifest: RuntimeManifest, identity: RuntimeIdentity, rootfs: String) {
        self.manifest = manifest
        self.identity = identity
        self.rootfs = rootfs
    }
}
