import CodeBoxWarden
import Glibc

/// Checks whether an ordinary user's sandboxes have host ids of their own. Root's always have.
enum UserIDCheck {
    static func run() -> [CheckResult] {
        let uid = geteuid()
        guard uid != 0 else { return [] }
        if let ids = SubordinateIDs.current() {
            let range = "\(ids.users.count) from \(ids.users.first)"
            return [.ok("user ids", "each sandbox has ids of its own, of \(range)")]
        }
        let name = getpwuid(uid).map { String(cString: $0.pointee.pw_name) } ?? "USER"
        return [
            .warn(
                "user ids",
                "all sandboxes have uid \(uid): \(SubordinateIDs.lack ?? "no ids of their own")",
                remedy: "install newuidmap (Debian: uidmap), and as root: usermod --add-subuids "
                    + "200000-265535 --add-subgids 200000-265535 \(name)")
        ]
    }
}
