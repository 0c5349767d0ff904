import CLinux
import CWire
import CodeBoxCore
import CodeBoxSandbox
import CodeBoxSystem
import CodeBoxWarden
import Foundation
import Glibc
import SandboxTestSupport
import Testing

@testable import CodeBoxSandboxClient

/// A warden of one's own with an image whose interpreter plays a scene of
/// `Tests/HostileInterpreter`. Every wait is bounded: what does not come in time fails the test.
final class HostileTrial {
    struct Sandbox {
        let id: UInt64
        let fds: [CInt]
        var output: CInt { fds[2] }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The warden's, as this process sees it.
    var pid: pid_t { process.pid }

    static let isV1 = CgroupReport.current().version == .v1

    private static let digest = String(repeating: "ef", count: 32)
    private static let patience: Duration = .seconds(15)
    private static let interpreter = "/usr/bin/python3"

    private let images = FileManager.default.temporaryDirectory.appending(path: "codebox-\(UUID())")
    /// In the command line of the zygote, and so of all that it forks.
    private let marker = "\(UUID())"
    private let process: WardenProcess
    private let socket: CInt
    private var lastID: UInt64 = 0
    /// Replies that came before they were waited for.
    private var heard: [(reply: cb_reply, fds: [CInt])] = []
    private var kept: [CInt] = []

    /// Runs the body with a trial, whose warden must end afterwards, with all that the scene has
    /// left.
    static func run(_ scene: String, _ body: (HostileTrial) throws -> Void) throws {
        let trial = try HostileTrial(scene)
        defer { trial.clear() }
        do {
            try body(trial)
        } catch {
            _ = trial.end()
            throw error
        }
        #expect(trial.end(), "the warden does not end")
        try trial.awaitProcesses(0)
    }

    private init(_ scene: String) throws {
        let files = FileManager.default
        let folder = images.appending(path: Self.digest)
        for name in ["dev", "proc", "tmp", "workspace", "usr/bin"] {
            try files.createDirectory(
                at: folder.appending(path: "rootfs/\(name)"), withIntermediateDirectories: true)
        }
        let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let program = folder.path + "/rootfs" + Self.interpreter
        try files.copyItem(
            atPath: own.appending(path: "hostile-interpreter").path, toPath: program)
        chmod(program, 0o755)
        let start = ZygoteStart(
            kind: .python, arguments: [Self.interpreter, scene, marker], environment: [])
        try Data(try start.encoded()).write(to: folder.appending(path: ZygoteStart.fileName))
        let warden = try Support.warden(
            WardenOptions(
                socketFD: 3, lifelineFD: 4, imagesDirectory: images.path,
                initPath: try Support.beside("codebox-init")))
        (process, socket) = try WardenProcess.start { descriptors, output throws(CodeBoxError) in
            try warden.start(descriptors: descriptors, output: output)
        }
    }

    // MARK: What the warden is asked for

    /// - Returns: the zygote's id; it is up.
    func startZygote() throws -> UInt64 {
        let id = try requestZygote()
        _ = try hear(CB_ZYGOTE_UP, of: id)
        return id
    }

    func requestZygote() throws -> UInt64 {
        lastID += 1
        try send(
            cb_request(
                startZygote: lastID, image: Hex.bytes(Self.digest) ?? [],
                setting: ZygoteSetting(kind: .python)))
        return lastID
    }

    /// Returns once the zygote is gone.
    func drop(_ zygote: UInt64) throws {
        try send(cb_request(dropZygote: zygote))
        _ = try hear(CB_ZYGOTE_DOWN, of: zygote)
    }

    /// Of an image's zygote that was asked to fork for it, or, with 0, of none.
    func create(zygote: UInt64) throws -> Sandbox {
        lastID += 1
        try send(
            cb_request(
                make: lastID, image: Hex.bytes(Self.digest) ?? [], limits: .standard,
                zygote: zygote))
        let fds = try hear(CB_CREATED, of: lastID).fds
        try #require(fds.count == 4)
        return Sandbox(id: lastID, fds: fds)
    }

    /// Returns once nothing is left of it.
    func destroy(_ sandbox: Sandbox) throws {
        try send(cb_request(kill: sandbox.id))
        _ = try hear(CB_GONE, of: sandbox.id)
    }

    /// Another's job, from beginning to end, which none of this may harm.
    func runJob() throws {
        let sandbox = try create(zygote: 0)
        _ = try hear(CB_READY, of: sandbox.id)
        try send(cb_request(take: sandbox.id, limits: .standard, isAnswered: false))
        let message = ProgramMessage.encode(SandboxProgram(command: [Self.interpreter, "job"]))
        try #require(write(sandbox.fds[0], message, message.count) == message.count)
        shutdown(sandbox.fds[0], CInt(SHUT_WR))
        let report = try hear(CB_REPORT, of: sandbox.id).reply
        #expect(report.verdict == CB_VERDICT_ENDED.rawValue && report.status == 0)
        #expect(text(of: sandbox.output) == "a job\n")
        _ = try hear(CB_GONE, of: sandbox.id)
    }

    private func send(_ request: cb_request) throws {
        var request = request
        let size = MemoryLayout<cb_request>.size
        guard Glibc.send(socket, &request, size, CInt(MSG_NOSIGNAL)) == size else {
            throw Failure(description: "the warden takes no request: \(SystemError.text(errno))")
        }
    }

    /// The reply of that kind, whichever come before it.
    func hear(_ kind: cb_reply_kind, of id: UInt64) throws -> (reply: cb_reply, fds: [CInt]) {
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            if let index = heard.firstIndex(where: {
                $0.reply.kind == kind.rawValue && $0.reply.id == id
            }) {
                return heard.remove(at: index)
            }
            var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&polled, 1, 100) == 1 else { continue }
            var reply = cb_reply()
            var fds = [CInt](repeating: -1, count: Int(CB_MAXIMUM_FDS))
            var count: CInt = 0
            let size = MemoryLayout<cb_reply>.size
            guard cb_receive_fds(socket, &reply, size, &fds, CB_MAXIMUM_FDS, &count) == size else {
                throw Failure(description: "the warden has hung up")
            }
            kept += fds.prefix(Int(count))
            heard.append((reply, Array(fds.prefix(Int(count)))))
        }
        let others = heard.map { "\($0.reply.kind) of \($0.reply.id): \($0.reply.reason)" }
        throw Failure(description: "no reply \(kind.rawValue) of \(id), but \(others)")
    }

    // MARK: What is seen from outside

    /// What a pipe holds just now.
    func text(of output: CInt) -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        guard cb_readable_bytes(output) > 0 else { return "" }
        let count = read(output, &bytes, bytes.count)
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }

    /// What comes out of a pipe until it has so many lines.
    func lines(_ wanted: Int, of output: CInt) throws -> [String] {
        let end = ContinuousClock.now + Self.patience
        var found = ""
        while ContinuousClock.now < end {
            found += text(of: output)
            let lines = found.split(separator: "\n").map(String.init)
            if lines.count >= wanted, found.hasSuffix("\n") { return lines }
            usleep(10_000)
        }
        throw Failure(description: "only '\(found)'")
    }

    /// Returns once there are so many processes of the scene's: zygotes and what they have started.
    func awaitProcesses(_ wanted: Int) throws {
        let end = ContinuousClock.now + Self.patience
        var found: [pid_t] = []
        while ContinuousClock.now < end {
            found = Wardens.processes { $0.contains(marker) }
            if found.count == wanted { return }
            usleep(10_000)
        }
        throw Failure(description: "there are \(found), which are not \(wanted)")
    }

    /// The warden and all of its sandboxes' processes that run no program yet.
    func wardenAndInits() -> [pid_t] {
        let inits = Wardens.processes { $0.hasPrefix("codebox-init") }
        let direct = inits.filter { Wardens.parent(of: $0) == pid }
        let jobs = inits.filter { Wardens.parent(of: $0).map { direct.contains($0) } ?? false }
        return [pid] + direct + jobs
    }

    static func cgroups(of pid: pid_t) -> String? {
        try? String(contentsOfFile: "/proc/\(pid)/cgroup", encoding: .utf8)
    }

    /// CPU time that the warden takes in a second in which nobody asks it for anything.
    func idleSecondsOfCPU() throws -> Double {
        let before = try ticks()
        sleep(1)
        return Double(try ticks() - before) / Double(sysconf(CInt(_SC_CLK_TCK)))
    }

    /// Of user and system time.
    private func ticks() throws -> Int {
        let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        try #require(fields.count > 12)
        return (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
    }

    // MARK: Its end

    /// - Returns: whether the warden ended by itself, and in time.
    private func end() -> Bool {
        close(process.lifeline)
        close(socket)
        let end = ContinuousClock.now + Self.patience
        var status: CInt = 0
        while ContinuousClock.now < end {
            if waitpid(pid, &status, WNOHANG) == pid { return status == 0 }
            usleep(10_000)
        }
        kill(pid, SIGKILL)
        waitpid(pid, &status, 0)
        return false
    }

    private func clear() {
        kept.forEach { close($0) }
        try? FileManager.default.removeItem(at: images)
    }
}
