/// Facts about the machine and the user that some defaults depend on.
package struct HostFacts: Sendable, Hashable {
    package var dataDirectory: String
    package var runtimesDirectory: String
    /// Empty unless root.
    package var serviceUser: String
    package var processors: Int

    package init(
        dataDirectory: String, runtimesDirectory: String, serviceUser: String, processors: Int
    ) {
        self.dataDirectory = dataDirectory
        self.runtimesDirectory = runtimesDirectory
        self.serviceUser = serviceUser
        self.processors = processors
    }

    /// The default data directory.
    /// - Parameter environment: `XDG_DATA_HOME` and `HOME` are used.
    package static func defaultDataDirectory(isRoot: Bool, environment: [String: String]) -> String
    {
        if isRoot { return "/var/lib/codebox" }
        // The XDG specification requires that relative paths are ignored.
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/codebox" }
        if let home = environment["HOME"], home.hasPrefix("/") {
            return home + "/.local/share/codebox"
        }
        return "/var/lib/codebox"
    }

    /// The default folder of runtime definitions: the installed one. The current folder is none of
    /// its places, because an untrusted one must not choose images.
    /// - Parameters:
    ///   - executableFolder: the folder of the `codebox` that runs.
    ///   - isThere: whether there is a folder at a path that can be read.
    /// - Returns: where the definitions are; if they are nowhere, where an installation puts them.
    package static func runtimesDirectory(
        executableFolder: String, isThere: (String) -> Bool
    ) -> String {
        let installed = executableFolder + "/../share/codebox/runtimes"
        let places = [executableFolder + "/runtimes", installed]
        // The package's own folder, for a binary that is still where it was built.
        return (places + checkout(of: executableFolder)).first(where: isThere) ?? installed
    }

    /// `<package>/runtimes` for a binary in `<package>/.build/<triple>/debug` or the like.
    private static func checkout(of executableFolder: String) -> [String] {
        let parts = executableFolder.split(separator: "/")
        guard let build = parts.lastIndex(of: ".build"), parts.count - build <= 3 else { return [] }
        return ["/" + parts[..<build].joined(separator: "/") + "/runtimes"]
    }

    /// The places of a configuration file if none is named, best first.
    package static func configurationPaths(environment: [String: String]) -> [String] {
        var paths: [String] = []
        if let config = environment["XDG_CONFIG_HOME"], config.hasPrefix("/") {
            paths.append(config + "/codebox/codebox.yaml")
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            paths.append(home + "/.config/codebox/codebox.yaml")
        }
        return paths + ["/etc/codebox/codebox.yaml"]
    }
}
