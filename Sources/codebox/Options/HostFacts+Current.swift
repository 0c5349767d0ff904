import CodeBoxCLI
import Foundation
import Glibc

extension HostFacts {
    /// This machine and user.
    static let current: HostFacts = {
        let isRoot = geteuid() == 0
        let environment = ProcessInfo.processInfo.environment
        let user = getpwnam("codebox") == nil ? "nobody" : "codebox"
        return HostFacts(
            dataDirectory: defaultDataDirectory(isRoot: isRoot, environment: environment),
            runtimesDirectory: runtimesDirectory(), serviceUser: isRoot ? user : "",
            processors: max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))))
    }()

    private static func runtimesDirectory() -> String {
        let here = FileManager.default.currentDirectoryPath + "/runtimes"
        let beside = (try? Executable.folder()).map { folder in
            [folder + "/runtimes", folder + "/../share/codebox/runtimes"]
        }
        let found = ([here] + (beside ?? [])).first { access($0, R_OK | X_OK) == 0 }
        return found ?? here
    }
}
