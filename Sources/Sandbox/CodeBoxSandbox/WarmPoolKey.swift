package import CodeBoxCore

/// What the sandboxes of one warm pool have in common.
package struct WarmPoolKey: Hashable, Sendable {
    /// Digest of the image, 64 lower-case hex digits.
    package var image: String
    /// The zygote that their jobs' processes are forked from; nil if each execs its interpreter.
    package var zygote: ZygoteSetting?
    /// The limits that they are made with. When a job with other limits takes a sandbox, the job's
    /// are put into force; only those of `LimitField.fixedByConstruction` can't be changed then.
    package var limits: Limits

    package init(image: String, zygote: ZygoteSetting?, limits: Limits) {
        self.image = image
        self.zygote = zygote
        self.limits = limits
    }
}
