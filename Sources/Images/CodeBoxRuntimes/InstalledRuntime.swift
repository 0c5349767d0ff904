package import CodeBoxCore

/// A runtime whose image is on this machine, ready for jobs.
package struct InstalledRuntime: Hashable, Sendable {
    package var manifest: RuntimeManifest
    package var identity: RuntimeIdentity
    /// The image's root, an absolute path. It is mounted read-only and never written.
    package var rootfs: String
    /// The entry file name that belongs to the alias by which the runtime was asked for; nil if
    /// that is the manifest's own.
    package var aliasEntrypoint: String?

    package init(manifest: RuntimeManifest, identity: RuntimeIdentity, rootfs: String) {
        self.manifest = manifest
        self.identity = identity
        self.rootfs = rootfs
    }
}
