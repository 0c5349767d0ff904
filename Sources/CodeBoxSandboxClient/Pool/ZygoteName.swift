import CodeBoxSandbox

/// What one zygote is known by: its image, and how its interpreter is started.
struct ZygoteName: Hashable, Sendable {
    let image: String
    let setting: ZygoteSetting

    init(image: String, setting: ZygoteSetting) {
        self.image = image
        self.setting = setting
    }

    /// The one that sandboxes of a pool are forked from; nil for those that exec.
    init?(of key: WarmPoolKey) {
        guard let setting = key.zygote else { return nil }
        self.init(image: key.image, setting: setting)
    }
}
