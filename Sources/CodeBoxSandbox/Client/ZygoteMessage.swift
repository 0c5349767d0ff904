import CSandbox

/// The request for a zygote: a `cb_request` and its strings, one message.
enum ZygoteMessage {
    /// The variable that tells a zygote what to import ahead.
    static let preloadVariable = "CODEBOX_PRELOAD"

    /// - Returns: nil if the strings do not fit, or one has a NUL.
    static func encode(_ id: UInt64, _ name: ZygoteName) -> [UInt8]? {
        guard let image = Hex.bytes(name.image) else { return nil }
        let setting = name.setting
        var environment = setting.environment.map { "\($0.key)=\($0.value)" }.sorted()
        if !setting.preload.isEmpty {
            environment.append(preloadVariable + "=" + setting.preload.joined(separator: ","))
        }
        var strings: [UInt8] = []
        for string in setting.command + environment {
            guard !string.utf8.contains(0) else { return nil }
            strings += string.utf8
            strings.append(0)
        }
        guard strings.count <= Int(CB_ZYGOTE_STRING_BYTES) else { return nil }
        var request = cb_request()
        request.magic = CB_MAGIC
        request.kind = CB_ZYGOTE.rawValue
        request.id = id
        request.string_bytes = UInt32(strings.count)
        request.argument_count = UInt32(setting.command.count)
        request.environment_count = UInt32(environment.count)
        switch setting.kind {
        case .python: request.zygote_kind = CB_ZYGOTE_PYTHON.rawValue
        case .node: request.zygote_kind = CB_ZYGOTE_NODE.rawValue
        }
        withUnsafeMutableBytes(of: &request.image) { $0.copyBytes(from: image.prefix(32)) }
        return withUnsafeBytes(of: request) { Array($0) } + strings
    }
}
