import CodeBoxConfiguration
import Glibc

/// Checks that there is room for images and jobs.
enum DiskCheck {
    /// Below this the check warns: an image takes some 150 MB, and twice as much while it is
    /// rebuilt.
    private static let comfortable = 1 << 30
    /// Below this the store may fail at any moment.
    private static let least = 64 << 20

    static func run(_ settings: Settings) -> CheckResult {
        let folder = existing(settings.dataDirectory)
        var info = statvfs()
        guard statvfs(folder, &info) == 0 else {
            return .fail(
                "disk", "\(folder): \(String(cString: strerror(errno)))",
                remedy: "create the folder, or choose another with --data-dir")
        }
        let free = Int(info.f_bavail) * Int(info.f_frsize)
        let detail = "\(ByteSize(bytes: free)) free for \(settings.dataDirectory)"
        let remedy = "free some space, or choose another --data-dir"
        if free < least { return .fail("disk", detail, remedy: remedy) }
        return free < comfortable
            ? .warn("disk", detail, remedy: remedy) : .ok("disk", detail)
    }

    /// The folder itself, or the nearest existing one above it.
    private static func existing(_ path: String) -> String {
        var path = path
        while access(path, F_OK) != 0, let slash = path.lastIndex(of: "/"), path != "/" {
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
        return path
    }
}
