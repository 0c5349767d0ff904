import CodeBoxCLI
import CodeBoxCore
import Glibc

/// Who the server would run as; nothing to check when that is whoever starts it.
enum ServiceUserCheck {
    static func run(_ settings: Settings) -> [CheckResult] {
        guard geteuid() == 0 else { return [] }
        let standard = ServiceUser.standardName
        if settings.user == standard, getpwnam(standard) == nil, ServiceUserCreation.isPossible {
            return [.ok("service user", "\(standard), which `codebox serve` makes when it starts")]
        }
        do throws(CodeBoxError) {
            let user = try ServiceUser.named(settings.user)
            return [.ok("service user", "\(user.name) (uid \(user.uid))")]
        } catch {
            return [.fail("service user", settings.user, remedy: error.message)]
        }
    }
}
