import CodeBoxCLI
import CodeBoxCore
import Glibc

/// Who the server would run as; nothing to check when that is whoever starts it.
enum ServiceUserCheck {
    static func run(_ settings: Settings) -> [CheckResult] {
        guard geteuid() == 0 else { return [] }
        do throws(CodeBoxError) {
            let user = try ServiceUser.named(settings.user)
            guard user.name != "nobody" else {
                return [
                    .warn(
                        "service user", "the server would run as nobody, which others may use too",
                        remedy: "useradd --system --shell /usr/sbin/nologin codebox")
                ]
            }
            return [.ok("service user", "\(user.name) (uid \(user.uid))")]
        } catch {
            return [.fail("service user", settings.user, remedy: error.message)]
        }
    }
}
