package import CodeBoxCore

/// What the sandboxes of one warm pool have in common.
package struct WarmPoolKey: Hashable, Sendable {
    /// Digest of the image, 64 lower-case hex digits.
    package var image: String
    /// The zygote their jobs' processes are forked from; nil: each execs its interpreter.
    package var zygote: ZygoteSetting?
    /// What they are made with. A job with other limits gets those put into force when it takes one;
    /// only `workspaceBytes` and `openFiles` can't be changed then.
    package var limits: Limits

    package init(image: String, zygote: ZygoteSetting?, limits: Limits) {
        self.image = image
        self.zygote = zygote
        self.limits = limits
    }
}
