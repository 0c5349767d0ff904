package import CodeBoxCore
import Configuration

/// Finds each setting's value: flags, then environment, then the configuration file, then the
/// default.
package struct SettingsLoader: Sendable {
    package var table: SettingsTable
    /// As given on the command line.
    package var flags: [SettingKey: String]
    package var environment: [String: String]
    package var file: ConfigurationFile?

    private static let flagsProvider = "flags"

    package init(
        table: SettingsTable, flags: [SettingKey: String] = [:],
        environment: [String: String] = [:], file: ConfigurationFile? = nil
    ) {
        self.table = table
        self.flags = flags
        self.environment = environment
        self.file = file
    }

    /// Every setting of the table, in its order.
    /// - Throws: `configurationInvalid`, naming the setting and where its value came from.
    package func resolve() throws(CodeBoxError) -> [ResolvedSetting] {
        let recorder = OriginRecorder()
        let reader = ConfigReader(providers: providers(), accessReporter: recorder)
        var settings: [ResolvedSetting] = []
        for row in table.rows {
            let key = ConfigKey(row.key.components)
            let found = reader.string(forKey: key)
            let origin = origin(
                of: row.key, provider: recorder.provider(of: AbsoluteConfigKey(key)))
            settings.append(try Self.understand(found, row, origin))
        }
        return settings
    }

    private func providers() -> [any ConfigProvider] {
        let given = flags.map { key, text in
            (AbsoluteConfigKey(key.components), ConfigValue(.string(text), isSecret: false))
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

    private func origin(of key: SettingKey, provider: String?) -> SettingOrigin {
        guard let provider else { return .standard }
        if let file, provider == file.provider.providerName { return .file(file.path) }
        return flags[key] != nil ? .flag(key.flag) : .environment(key.environmentVariable)
    }

    private static func understand(
        _ found: String?, _ row: SettingDescription, _ origin: SettingOrigin
    ) throws(CodeBoxError) -> ResolvedSetting {
        let text = found ?? row.defaultText
        // Nothing by default: api_keys_file, or user when not root.
        if origin == .standard, text.isEmpty {
            return ResolvedSetting(description: row, text: "", value: .text(""), origin: origin)
        }
        do {
            let value = try row.kind.parse(text)
            return ResolvedSetting(description: row, text: text, value: value, origin: origin)
        } catch {
            throw CodeBoxError(
                .configurationInvalid, "\(row.key.rawValue) (\(origin)): \(error.message)",
                field: row.key.rawValue)
        }
    }
}
