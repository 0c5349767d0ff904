import CodeBoxSupervisor

/// Checks that the server can be confined to its own files. Jobs don't depend on it.
enum LandlockCheck {
    static func run() -> CheckResult {
        guard let version = LandlockRules.version else {
            return .warn(
                "landlock",
                "missing: a server that was taken over could open every file that its user can",
                remedy:
                    "use a kernel from 5.13 on with CONFIG_SECURITY_LANDLOCK, and name landlock in "
                    + "the boot parameter lsm=")
        }
        return .ok("landlock", "version \(version); the server is confined to its own files")
    }
}
