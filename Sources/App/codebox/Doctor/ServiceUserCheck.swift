import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxSupervisor
import Glibc

/// The user that the server would run as. Without root it is the current user, and nothing is
/// checked.
enum ServiceUserCheck {
    static func run(_ settings: Settings) -> [CheckResult] {
        guard geteuid() == 0 else { return [] }
        let standard = ServiceUser.standardName
        if settings.user == standard, getpwnam(standard) == nil, ServiceUserCreation.isPossible {
            return [
                .ok("service user", "\(standard), which `codebox serve` creates when it starts")
            ]
        }
        do throws(CodeBoxError) {
            let user = try ServiceUser.named(settings.user)
            return [.ok("service user", "\(user.name) (uid \(user.uid))")]
        } catch {
            return [.fail("service user", settings.user, remedy: error.message)]
        }
    }
}
