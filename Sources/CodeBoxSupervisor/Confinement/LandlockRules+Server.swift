extension LandlockRules {
    /// What the server needs once it has given up its privileges.
    /// - Parameters:
    ///   - writing: its own folders, which must be there.
    ///   - reading: images and tags, which must be there.
    ///   - runtimes: the folder of runtimes' definitions, if there is one.
    ///   - port: the TCP port that it listens on.
    package static func server(
        writing: [String], reading: [String], runtimes: String, port: Int
    ) -> LandlockRules {
        var rules = LandlockRules()
        for folder in writing { rules.allow(.writing, on: folder) }
        for folder in reading { rules.allow(.reading, on: folder) }
        rules.allow(.reading, on: runtimes, isRequired: false)
        for folder in system { rules.allow(.reading, on: folder, isRequired: false) }
        for device in devices {
            rules.allow([.readFile, .writeFile], on: device, isRequired: false)
        }
        rules.allowListening(on: UInt16(clamping: port))
        return rules
    }

    /// Names of hosts and users, time zones, libraries that the C library loads late; what the
    /// kernel tells of processors and of threads (Dispatch counts those that run). /etc/resolv.conf
    /// is a link to one of the folders in /run where another program writes it.
    private static let system = [
        "/etc", "/usr", "/lib", "/lib64", "/proc", "/sys/fs/cgroup", "/sys/devices/system/cpu",
        "/run/systemd/resolve", "/run/NetworkManager", "/run/resolvconf",
    ]

    private static let devices = ["/dev/null", "/dev/zero", "/dev/urandom"]
}
