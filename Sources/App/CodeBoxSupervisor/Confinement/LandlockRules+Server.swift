extension LandlockRules {
    /// The rights that the server needs after it has given up its privileges.
    /// - Parameters:
    ///   - writing: the server's own folders, which must exist.
    ///   - reading: images and tags, which must exist.
    ///   - certificates: the folders of the certificate and its key.
    ///   - runtimes: the folder of runtimes' definitions, if there is one.
    ///   - port: the TCP port that it listens on.
    package static func server(
        writing: [String], reading: [String], certificates: Set<String> = [], runtimes: String,
        port: Int
    ) -> LandlockRules {
        var rules = LandlockRules()
        for folder in writing { rules.allow(.writing, on: folder) }
        for folder in reading { rules.allow(.reading, on: folder) }
        for folder in certificates { rules.allow(.reading, on: folder) }
        rules.allow(.reading, on: runtimes, isRequired: false)
        for folder in system { rules.allow(.reading, on: folder, isRequired: false) }
        for device in devices {
            rules.allow([.readFile, .writeFile], on: device, isRequired: false)
        }
        rules.allowListening(on: UInt16(clamping: port))
        return rules
    }

    /// Files with names of hosts and users, time zones, libraries that the C library loads late,
    /// and the kernel's files about processors and threads (Dispatch counts running threads).
    /// /etc/resolv.conf may link to one of the folders in /run, where another program writes it.
    private static let system = [
        "/etc", "/usr", "/lib", "/lib64", "/proc", "/sys/fs/cgroup", "/sys/devices/system/cpu",
        "/run/systemd/resolve", "/run/NetworkManager", "/run/resolvconf",
    ]

    private static let devices = ["/dev/null", "/dev/zero", "/dev/urandom"]
}
