package import CodeBoxCore
import Configuration

/// Finds each setting's value: flags, then environment, then the configuration file, then the
/// default.
package struct SettingsLoader: Sendable {
    package var host: HostFacts
    /// Texts from the command line, by the settings' keys.
    package var flags: [String: String]
    package var environment: [String: String]
    package var file: ConfigurationFile?

    private static let flagsProvider = "flags"

    package init(
        host: HostFacts, flags: [String: String] = [:], environment: [String: String] = [:],
        file: ConfigurationFile? = nil
    ) {
        self.host = host
        self.flags = flags
        self.environment = environment
        self.file = file
    }

    /// Every setting, in the order of ``Settings/rows``.
    /// - Throws: `configurationInvalid`, naming the setting and where its value came from.
    package func resolve() throws(CodeBoxError) -> [ResolvedSetting] {
        let recorder = OriginRecorder()
        let reader = ConfigReader(providers: providers(), accessReporter: recorder)
        var resolved: [ResolvedSetting] = []
        var settings = Settings()
        for row in Settings.rows {
            let key = ConfigKey(row.components)
            let found = reader.string(forKey: key)
            let setting = try Self.parse(
                found ?? row.standard.text(on: host, after: settings), row,
                origin(of: row, provider: recorder.provider(of: AbsoluteConfigKey(key))))
            _ = row.store(setting.value, in: &settings)
            resolved.append(setting)
        }
        return resolved
    }

    private func providers() -> [any ConfigProvider] {
        let given = Settings.rows.compactMap { row in
            flags[row.key].map {
                (AbsoluteConfigKey(row.components), ConfigValue(.string($0), isSecret: false))
            }
        }
        // A variable that is set to nothing counts as not set.
        let variables = environment.filter { $0.key.hasPrefix("CODEBOX_") && !$0.value.isEmpty }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(
                name: Self.flagsProvider, values: Dictionary(uniqueKeysWithValues: given)),
            EnvironmentVariablesProvider(environmentVariables: variables)
                .prefixKeys(with: "codebox"),
        ]
        if let file { providers.append(file.provider) }
        return providers
    }

    private func origin(of row: Setting, provider: String?) -> SettingOrigin {
        guard let provider else { return .standard }
        if let file, provider == file.provider.providerName { return .file(file.path) }
        return flags[row.key] != nil ? .flag(row.flag) : .environment(row.environmentVariable)
    }

    private static func parse(
        _ text: String, _ row: Setting, _ origin: SettingOrigin
    ) throws(CodeBoxError) -> ResolvedSetting {
        // A default may be empty: that of api_keys_file, or of user when not root.
        if origin == .standard, text.isEmpty {
            return ResolvedSetting(row: row, text: "", value: .text(""), origin: origin)
        }
        do {
            let value = try row.kind.parse(text)
            return ResolvedSetting(row: row, text: text, value: value, origin: origin)
        } catch {
            throw CodeBoxError(
                .configurationInvalid, "\(row.key) (\(origin)): \(error.message)",
                field: row.key)
        }
    }
}
