import CodeBoxCore
import Foundation

/// The sources of Debian packages: the mirrors of this machine's apt, so that a build uses the same
/// servers as `apt-get install`.
struct DebianSources {
    /// Lines of a `sources.list`; without any, mmdebstrap uses its own default.
    let lines: [String]
    /// `Acquire::…::Proxy` settings of this machine's apt, as lines of an `apt.conf`.
    let proxies: [String]

    /// - Parameter suite: e.g. `trixie`.
    /// - Throws: `imageFailed` if apt's own tools fail.
    init(suite: String, cancellation: BuildCancellation) throws(CodeBoxError) {
        let targets = try HostTool(
            command: [
                "apt-get", "indextargets", "--format", "$(REPO_URI) $(LABEL)",
                "Created-By: Packages", "Origin: Debian",
            ], package: "apt"
        ).run(cancellation: cancellation)
        let override = ProcessInfo.processInfo.environment["CODEBOX_DEBIAN_MIRROR"]
        lines = Self.lines(suite: suite, targets: targets, override: override)
        proxies = try HostTool(command: ["apt-config", "dump"], package: "apt")
            .run(cancellation: cancellation)
            .filter { $0.hasPrefix("Acquire::http") && $0.contains("::Proxy") }
    }

    /// - Parameters:
    ///   - targets: "URI label" for every package index that apt knows.
    ///   - override: a mirror that an admin named; updates and security still come from apt's
    ///     mirrors.
    static func lines(suite: String, targets: [String], override: String?) -> [String] {
        func first(_ label: String) -> String? {
            targets.first { $0.hasSuffix(" \(label)") }.map { String($0.dropLast(label.count + 1)) }
        }
        let named = override.flatMap { $0.isEmpty ? nil : $0 }
        guard let mirror = named ?? first("Debian") else { return [] }
        var lines = ["deb \(mirror) \(suite) main", "deb \(mirror) \(suite)-updates main"]
        if let security = first("Debian-Security") {
            lines.append("deb \(security) \(suite)-security main")
        }
        return lines
    }
}
