import Foundation
import Glibc
import Testing

/// `codebox doctor` on a machine that something is wrong with.
///
/// What is wrong is made so for this one process: by mounts in a namespace of its own, by a user
/// namespace, by a filter of system calls, or by settings.
struct DoctorVisit {
    struct Check: Decodable {
        var name: String
        var verdict: String
        var detail: String
        var remedy: String?
    }

    private struct Report: Decodable {
        var healthy: Bool
        var checks: [Check]
    }

    let codebox: CodeBoxCommand
    /// Shell commands in a mount namespace of their own, as root; `$S` is the scratch folder.
    var preparation = ""
    /// The doctor is root of a user namespace that lies below the mounts'.
    var isInUserNamespace = false
    /// Shell commands in that user namespace.
    var inner = ""
    var refusal: SyscallRefusal?
    var environment: [String: String] = [:]
    /// The program; another path is one that the preparation makes.
    var program = Installation.binary

    /// What the doctor says; its exit status must agree.
    func checks() async throws -> [Check] {
        let probe = URL(fileURLWithPath: HostProcess.link(getpid(), "exe"))
            .deletingLastPathComponent().appendingPathComponent("sandbox-probe").path
        var command = [program, "doctor", "--json"]
        if let refusal {
            let file = codebox.scratch.path + "/filter"
            try refusal.program().write(to: URL(fileURLWithPath: file))
            command = [probe, "--filter", file, "exec"] + command
        }
        if isInUserNamespace {
            command =
                ["unshare", "--user", "--map-root-user", "sh", "-c", "\(inner)\nexec \"$@\"", "sh"]
                + command
        }
        let script = "set -e\nmount --make-rprivate /\n\(preparation)\nexec \"$@\""
        var all = Installation.environment(scratch: codebox.scratch.path)
        all["CODEBOX_DATA_DIR"] = codebox.scratch.path + "/empty"
        all["S"] = codebox.scratch.path
        all.merge(environment) { $1 }
        let process = try ChildProcess(
            "/usr/bin/unshare", ["--mount", "sh", "-c", script, "sh"] + command, environment: all)
        let result = try await codebox.finish(process)
        let report = try JSONDecoder().decode(Report.self, from: Data(result.stdout.utf8))
        let hasFailed = report.checks.contains { $0.verdict == "fail" }
        #expect(report.healthy != hasFailed)
        #expect(result.exit == (hasFailed ? .code(1) : .code(0)), "\(result)")
        return report.checks
    }

    /// Expects that one check, among others, has a verdict and a remedy that says these words.
    func expect(
        _ name: String, _ verdict: String, detail: String = "", remedy words: String...,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let checks = try await checks()
        let check = try #require(
            checks.first { $0.name == name }, "\(checks)", sourceLocation: location)
        #expect(check.verdict == verdict, "\(check)", sourceLocation: location)
        #expect(
            detail.isEmpty || check.detail.contains(detail), "\(check)", sourceLocation: location)
        for word in words {
            #expect(
                check.remedy?.contains(word) == true, "no '\(word)' in \(check)",
                sourceLocation: location)
        }
    }
}
