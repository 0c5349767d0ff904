import Foundation
import Glibc

/// The places of the built program and the runtimes' images.
enum Installation {
    /// `CODEBOX_BIN`, or the `codebox` that was built beside this test bundle.
    static let binary: String = {
        if let path = ProcessInfo.processInfo.environment["CODEBOX_BIN"] { return path }
        let bundle = HostProcess.link(getpid(), "exe")
        let beside = URL(fileURLWithPath: bundle).deletingLastPathComponent()
        return beside.appendingPathComponent("codebox").path
    }()

    /// `CODEBOX_TEST_USER`: the uid of the ordinary user that servers of this run belong to; nil if
    /// they run as the tests do.
    static let user = ProcessInfo.processInfo.environment["CODEBOX_TEST_USER"].flatMap {
        UInt32($0)
    }

    /// Whether root starts the servers, so that each sandbox has host ids of its own.
    static let isRoot = geteuid() == 0 && user == nil

    /// A data directory whose images the tests share: `CODEBOX_TEST_IMAGES`, or the default one.
    static let sharedData: String =
        ProcessInfo.processInfo.environment["CODEBOX_TEST_IMAGES"] ?? "/var/lib/codebox"

    /// The runtimes' definitions, in this package.
    static let runtimes: String = {
        let here = URL(fileURLWithPath: #filePath)
        let root = (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }
        return root.appendingPathComponent("runtimes").path
    }()

    /// The environment of `codebox`. The marker must never reach a job.
    static func environment(scratch: String) -> [String: String] {
        [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": scratch, "TMPDIR": scratch + "/tmp", "LANG": "C.UTF-8",
            "SERVER_SECRET": "must-not-reach-a-job", "CODEBOX_SHUTDOWN_GRACE_SECONDS": "3",
            "CODEBOX_RUNTIMES_DIR": runtimes,
            // Small pools that shrink quickly let leaks show.
            "CODEBOX_WARM_POOL_MINIMUM": "2", "CODEBOX_WARM_POOL_MAXIMUM": "6",
            "CODEBOX_WARM_POOL_SHRINK_AFTER_SECONDS": "0.5",
            // Whole suites run a second time with every job's interpreter exec'ed.
            "CODEBOX_ZYGOTES": ProcessInfo.processInfo.environment["CODEBOX_TEST_ZYGOTES"] ?? "on",
        ]
    }
}
