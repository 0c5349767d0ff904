import CodeBoxSandbox

/// Identifies a zygote: its image, and how its interpreter is started.
struct ZygoteName: Hashable, Sendable {
    let image: String
    let setting: ZygoteSetting

    init(image: String, setting: ZygoteSetting) {
        self.image = image
        self.setting = setting
    }

    /// The zygote of a pool's sandboxes; nil if they exec.
    init?(of key: WarmPoolKey) {
        guard let setting = key.zygote else { return nil }
        self.init(image: key.image, setting: setting)
    }
}
