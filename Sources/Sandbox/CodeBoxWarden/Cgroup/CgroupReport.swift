import CodeBoxCore
import Glibc

/// Whether cgroups can be used here, for `codebox doctor`. Making a report changes nothing.
package struct CgroupReport: Sendable {
    /// Nil if neither version has every controller.
    package var version: CgroupVersion?
    /// Directories in which the sandboxes' folder will be made: one on v2, on v1 one per hierarchy.
    package var directories: [String] = []
    package var found: [String]
    package var missing: [String]
    /// What ``Cgroups/open()`` will do besides making its folder, if anything.
    package var note: String?
    /// Why no sandbox can be made, with the remedy; nil if it can.
    package var problem: String?

    package var isUsable: Bool { problem == nil }

    package static func current() -> CgroupReport {
        do {
            return CgroupReport(try CgroupSurvey.current())
        } catch {
            return CgroupReport(
                version: nil, found: [], missing: CgroupSurvey.v2Controllers.sorted(),
                problem: error.message)
        }
    }

    private init(version: CgroupVersion?, found: [String], missing: [String], problem: String?) {
        self.version = version
        self.found = found
        self.missing = missing
        self.problem = problem
    }

    package init(_ survey: CgroupSurvey) {
        let missing = survey.missingV1Controllers
        switch survey.version {
        case .v2:
            self.init(
                version: .v2, found: CgroupSurvey.v2Controllers.sorted(), missing: [], problem: nil)
            describe(survey.v2)
        case .v1:
            self.init(
                version: .v1, found: CgroupSurvey.v1Controllers.sorted(), missing: [], problem: nil)
            directories = survey.v1.map(\.directory)
            problem =
                directories.lazy.compactMap {
                    access($0, W_OK) == 0 ? nil : Self.notWritable($0, errno)
                }.first
        case nil:
            self.init(
                version: nil, found: CgroupSurvey.v1Controllers.subtracting(missing).sorted(),
                missing: missing.sorted(), problem: Self.failure(survey).message)
        }
    }

    static func failure(_ survey: CgroupSurvey) -> CodeBoxError {
        let missing = survey.missingV1Controllers.sorted().joined(separator: ", ")
        return CodeBoxError(
            .sandboxFailed,
            "cgroup: no hierarchy has \(missing); mount cgroup2 at /sys/fs/cgroup, and on a kernel "
                + "that turns controllers off by default add cgroup_enable=memory to its command "
                + "line"
        )
    }

    static let rightsOnV1 =
        "run the warden as root, or create the directory and chown it to the service's user before "
        + "the service is started in it"

    /// What a container has to be started with: its cgroups are mounted read-only by default.
    static let remedyOfReadOnly =
        "it is mounted read-only, as in a container: start the container with its cgroups writable "
        + "(-v /sys/fs/cgroup:/sys/fs/cgroup:rw)"

    private static func notWritable(_ directory: String, _ code: CInt) -> String {
        let remedy = code == EROFS ? remedyOfReadOnly : rightsOnV1
        return "cgroup v1: \(directory) is not writable; \(remedy)"
    }

    private mutating func describe(_ site: CgroupV2Site?) {
        do {
            guard let choice = try site?.choose() else { return }
            directories = [choice.base]
            if !choice.toEnable.isEmpty {
                note = "enables \(choice.toEnable.sorted().joined(separator: ", "))"
                if choice.mayMove {
                    note! += " and moves its processes into \(CgroupV2Site.serviceName)"
                }
            }
        } catch {
            problem = error.message
        }
    }
}
