import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxSupervisor
import CodeBoxSystem
import Foundation
import Glibc

/// The sources of settings other than flags, for all commands that use settings.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "YAML file with settings. (default: $XDG_CONFIG_HOME/codebox/codebox.yaml, else "
                + "/etc/codebox/codebox.yaml)", valueName: "path"))
    var path: String?

    /// - Parameter flags: texts by the settings' keys.
    func resolve(flags: [String: String]) throws(CodeBoxError) -> [ResolvedSetting] {
        let environment = ProcessInfo.processInfo.environment
        let loader = SettingsLoader(
            host: .current, flags: flags, environment: environment, file: try file(environment))
        return try loader.resolve().map(Self.madeAbsolute)
    }

    func settings(flags: [String: String]) throws(CodeBoxError) -> Settings {
        try Settings(try resolve(flags: flags))
    }

    private static let fileLimit = 1 << 20

    private func file(_ environment: [String: String]) throws(CodeBoxError) -> ConfigurationFile? {
        if let path = path ?? environment["CODEBOX_CONFIG"], !path.isEmpty {
            return try Self.read(path)
        }
        let usual = HostFacts.configurationPaths(environment: environment)
        guard let found = usual.first(where: { access($0, F_OK) == 0 }) else { return nil }
        return try Self.read(found)
    }

    /// The file decides what root does. If root runs CodeBox, the file must belong to root.
    private static func read(_ path: String) throws(CodeBoxError) -> ConfigurationFile {
        guard let owners = TrustedPath.ownersOfCommands else {
            return try ConfigurationFile(path: path)
        }
        let trusted = TrustedPath(
            "the configuration file", otherwise: "name another with --config", owners: owners)
        let bytes = try trusted.read(path, limit: fileLimit)
        return try ConfigurationFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    }

    /// Makes paths absolute: the warden and the server must mean the same place, whatever their
    /// working directories are.
    private static func madeAbsolute(_ setting: ResolvedSetting) -> ResolvedSetting {
        guard setting.row.kind == .path, !setting.text.isEmpty else { return setting }
        var setting = setting
        let absolute = URL(fileURLWithPath: setting.text).standardizedFileURL.path
        setting.text = absolute
        setting.value = .text(absolute)
        return setting
    }
}
