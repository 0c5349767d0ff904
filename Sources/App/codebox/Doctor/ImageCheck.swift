import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes

/// Checks that every runtime that can be built has an undamaged image.
enum ImageCheck {
    static func run(_ settings: Settings) -> [CheckResult] {
        do throws(CodeBoxError) {
            let rows = try RuntimeRow.all(
                store: ImageStore(dataDirectory: settings.dataDirectory),
                runtimesDirectory: settings.runtimesDirectory)
            let hasAny = rows.contains { $0.state == .ready || $0.state == .outdated }
            guard hasAny else {
                return [
                    .fail(
                        "images", "none in \(settings.dataDirectory)",
                        remedy: "codebox runtime build")
                ] + rows.filter { $0.state == .damaged }.compactMap(result)
            }
            return rows.compactMap(result)
        } catch {
            return [.fail("images", error.message, remedy: "correct the named file")]
        }
    }

    private static func result(_ row: RuntimeRow) -> CheckResult? {
        let name = "image \(row.name)"
        let build = "codebox runtime build \(row.name)"
        let digest = row.digest.map { " \($0.prefix(12))" } ?? ""
        switch row.state {
        case .ready: return .ok(name, "version \(row.version ?? "?"),\(digest)")
        case .outdated:
            return .warn(name, "the manifest has changed since the build", remedy: build)
        case .notBuilt: return .warn(name, "not built", remedy: build)
        case .damaged: return .fail(name, "damaged\(digest)", remedy: build + " --force")
        case .unused: return nil
        }
    }
}
