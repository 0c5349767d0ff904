import CodeBoxConfiguration
import CodeBoxSupervisor
import CodeBoxSystem
import Foundation
import Glibc

extension HostFacts {
    /// Facts about this machine and user.
    static let current: HostFacts = {
        let isRoot = geteuid() == 0
        let environment = ProcessInfo.processInfo.environment
        return HostFacts(
            dataDirectory: defaultDataDirectory(isRoot: isRoot, environment: environment),
            runtimesDirectory: runtimesDirectory(),
            serviceUser: isRoot ? ServiceUser.standardName : "",
            processors: max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))))
    }()

    private static func runtimesDirectory() -> String {
        let folder = (try? Executable.folder()) ?? "/usr/local/bin"
        return runtimesDirectory(executableFolder: folder) { access($0, R_OK | X_OK) == 0 }
    }
}

extension TrustedPath {
    /// Definitions of runtimes: root runs parts of them when it builds images.
    static var ofRuntimes: TrustedPath {
        TrustedPath(
            "the runtimes directory", otherwise: "choose another --runtimes-dir",
            owners: ownersOfCommands)
    }
}
