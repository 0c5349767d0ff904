import CodeBoxCLI
import CodeBoxSystem
import Foundation
import Glibc

extension HostFacts {
    /// This machine and user.
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
        let here = FileManager.default.currentDirectoryPath + "/runtimes"
        let beside = (try? Executable.folder()).map { folder in
            [folder + "/runtimes", folder + "/../share/codebox/runtimes"]
        }
        // A command of root's may stand in anybody's folder; it takes nothing from there unasked.
        let isTrusted = (try? TrustedPath.ofRuntimes.check(here)) != nil
        let places = (isTrusted ? [here] : []) + (beside ?? [])
        return places.first { access($0, R_OK | X_OK) == 0 } ?? places.first ?? here
    }
}

extension TrustedPath {
    /// Definitions of runtimes, some of whose lines root runs when it builds images.
    static var ofRuntimes: TrustedPath {
        TrustedPath(
            "the runtimes directory", otherwise: "choose another --runtimes-dir",
            owners: ownersOfCommands)
    }
}
