import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes

/// Runs a real job on each image: an empty program, which every interpreter accepts.
enum ProbeJobCheck {
    static func run(_ settings: Settings) async -> [CheckResult] {
        let catalog = RuntimeCatalog(dataDirectory: settings.dataDirectory)
        let names = catalog.list().map(\.manifest.name)
        guard !names.isEmpty else { return [] }
        do throws(CodeBoxError) {
            let sandbox = try LocalSandbox(settings: settings)
            var results: [CheckResult] = []
            for name in names { results.append(await probe(name, sandbox)) }
            await sandbox.shutdown()
            return results
        } catch {
            return [.fail("probe job", error.description, remedy: "see the checks above")]
        }
    }

    private static func probe(_ runtime: String, _ sandbox: LocalSandbox) async -> CheckResult {
        let name = "probe job \(runtime)"
        do throws(CodeBoxError) {
            let job = try await sandbox.run(JobSpec(runtime: runtime, source: "\n"))
            guard let result = job.result, result.outcome == .exited, result.exitCode == 0 else {
                let how = job.result.map {
                    "\($0.outcome.rawValue) \($0.exitCode ?? $0.signal ?? 0)"
                }
                return .fail(
                    name, "an empty program ended with: \(how ?? "nothing")",
                    remedy: "codebox runtime test \(runtime)")
            }
            let timings = result.timings
            let total =
                timings.acquireUs + timings.startupUs + timings.runUs + timings.finishUs
            return .ok(name, "ran in \(TimeSpan(microseconds: total))")
        } catch {
            return .fail(name, error.description, remedy: remedy(for: error))
        }
    }

    private static func remedy(for error: CodeBoxError) -> String {
        guard error.code == .limitOutOfRange, let field = error.field else {
            return "see the checks above"
        }
        // An empty program asks for no limit, so it is the ceiling that is too low.
        let name = field.split(separator: ".").last.map(String.init) ?? field
        return "raise limits.ceiling.\(name) in the settings"
    }
}
