import CWire
import CodeBoxCore
import CodeBoxWarden
import Foundation
import Glibc
import SandboxTestSupport
import Testing

@testable import CodeBoxSandboxClient

/// An image whose interpreter is hostile (`Tests/HostileInterpreter`), against a real warden.
@Suite("Hostile zygotes", .serialized, .timeLimit(.minutes(2)))
struct HostileZygoteTests {
    /// Into how many cgroups a process has to be moved for a sandbox.
    private var hierarchies: Int { CgroupReport.current().directories.count }

    @Test("the code of a hostile image, run where its zygote would start, gains nothing")
    func gains() throws {
        try HostileTrial.run("gains") { trial in
            let down = try trial.hear(CB_ZYGOTE_DOWN, of: try trial.requestZygote()).reply
            let words = down.detailText
            #expect(words.contains("exited with 3. nothing gained"), "\(words)")
        }
    }

    @Test("a zygote that hands in an eventfd as a job's process is named and ended; other jobs run")
    func eventfd() throws {
        try HostileTrial.run("eventfd") { trial in
            let zygote = try trial.startZygote()
            let sandbox = try trial.create(zygote: zygote)
            let report = try trial.hear(CB_REPORT, of: sandbox.id).reply
            #expect(report.verdict == CB_VERDICT_FAILED.rawValue)
            #expect(report.step == CB_STEP_ZYGOTE_FORK.rawValue && report.error == EBADF)
            let down = try trial.hear(CB_ZYGOTE_DOWN, of: zygote).reply
            #expect(down.step == CB_STEP_ZYGOTE_FORK.rawValue && down.error == EBADF)
            let words = down.detailText
            #expect(words.contains("not of a process it has forked"), "\(words)")
            _ = try trial.hear(CB_GONE, of: sandbox.id)
            try trial.awaitProcesses(0)
            try trial.runJob()
            let spent = try trial.idleSecondsOfCPU()
            #expect(spent < 0.3, "the warden spins")
        }
    }

    @Test(
        "a zygote that floods the warden with forged signals neither ends nor busies it; other jobs run",
        .enabled(if: geteuid() == 0, "else the two have one uid"))
    func flood() throws {
        try HostileTrial.run("flood") { trial in
            let zygote = try trial.startZygote()
            let first = try trial.create(zygote: zygote)
            // A signal is let through only while the warden has the zygote's uid, within a clone.
            var isDelivered = false
            for _ in 0..<500 where !isDelivered {
                try trial.destroy(try trial.create(zygote: zygote))
                isDelivered = trial.text(of: first.output).contains("delivered")
            }
            #expect(isDelivered, "no clone was hit, so this shows nothing")
            for _ in 0..<20 { try trial.destroy(try trial.create(zygote: zygote)) }
            try trial.runJob()
            let spent = try trial.idleSecondsOfCPU()
            #expect(spent < 0.3, "the warden spins")
            try trial.drop(zygote)
            try trial.awaitProcesses(0)
            try trial.runJob()
        }
    }

    @Test("daemons that a zygote has started end with it, or with the warden")
    func daemons() throws {
        try HostileTrial.run("daemons") { trial in
            let zygote = try trial.startZygote()
            // It, one that has left it, and one with a child.
            try trial.awaitProcesses(4)
            try trial.drop(zygote)
            try trial.awaitProcesses(0)
            try trial.runJob()
            // The trial's end is to find these.
            _ = try trial.startZygote()
            try trial.awaitProcesses(4)
        }
    }

    @Test(
        "a zygote can't move the warden, or another's sandbox, by the cgroup files that it is given",
        .enabled(if: geteuid() == 0 && HostileTrial.isV1, "root's cgroups v1 have such files"))
    func moves() throws {
        try HostileTrial.run("moves") { trial in
            let other = try trial.create(zygote: 0)
            _ = try trial.hear(CB_READY, of: other.id)
            let watched = trial.wardenAndInits()
            try #require(watched.count == 3, "the warden, PID 1 and the job's process")
            let before = watched.map { HostileTrial.cgroups(of: $0) }
            let zygote = try trial.startZygote()
            let sandbox = try trial.create(zygote: zygote)
            let told = try trial.lines(1, of: sandbox.output)
            #expect(told == ["own \(hierarchies) of \(hierarchies), others 0"])
            #expect(watched.map { HostileTrial.cgroups(of: $0) } == before)
            try trial.destroy(sandbox)
            try trial.destroy(other)
            try trial.runJob()
        }
    }

    @Test(
        "what a zygote has put into a sandbox's cgroups, of any hierarchy, ends with the sandbox",
        .enabled(if: HostileTrial.isV1, "v2 has one hierarchy, whose cgroup is killed at one go"))
    func lodgers() throws {
        try HostileTrial.run("lodgers") { trial in
            let zygote = try trial.startZygote()
            let sandbox = try trial.create(zygote: zygote)
            let told = try trial.lines(hierarchies, of: sandbox.output)
            #expect(told == Array(repeating: "lodged", count: hierarchies))
            try trial.awaitProcesses(1 + hierarchies)
            try trial.destroy(sandbox)
            try trial.awaitProcesses(1)
            try trial.runJob()
        }
    }
}
