import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSandbox
import CodeBoxSandboxClient
import CodeBoxSupervisor
import CodeBoxSystem
import CodeBoxWarden
import Glibc
import Logging

/// Runs the `prepare` steps of an image's build in sandboxes of a warden of the build's own.
///
/// They have every layer that a job's sandbox has. Only the root differs: a step may write to it.
struct SandboxedPreparation: ImagePreparation {
    let owner: UInt32?
    private let client: WardenClient
    private let folder: String
    private let name: String

    /// What a step may use. A compiler needs more than a job.
    static let limits: Limits = {
        var limits = Limits.standard
        limits.wallMs = 30 * 60_000
        limits.cpuMs = 60 * 60_000
        limits.memoryBytes = 2 << 30
        limits.cpus = Double(max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))))
        limits.processes = 512
        limits.workspaceBytes = 1 << 30
        limits.openFiles = 1024
        return limits
    }()

    private static let shownLines = 200

    /// - Parameter folder: holds `<name>/rootfs`.
    /// - Throws: `wardenUnavailable` if the warden can't be started.
    init(folder: String, name: String) throws(CodeBoxError) {
        let job = geteuid() == 0 ? WardenOptions.idOfPreparation() : geteuid()
        owner = geteuid() == 0 ? job : nil
        self.folder = folder
        self.name = name
        let launch = WardenLaunch(
            try Executable.wardenPath(),
            WardenOptions(
                socketFD: 3, lifelineFD: 4, imagesDirectory: folder,
                initPath: try Executable.initPath(),
                bounds: WardenBounds(ceiling: Self.limits), preparingAs: job),
            owners: TrustedPath.ownersOfCommands)
        var logger = Logger(label: "codebox")
        // The error of a step says what went wrong.
        logger.logLevel = .critical
        client = try WardenClient.spawn(logger: logger) {
            descriptors, output throws(CodeBoxError) in
            try launch.start(descriptors: descriptors, output: output)
        }
    }

    func run(_ step: PreparationStep) async throws(CodeBoxError) -> [String] {
        let program = SandboxProgram(
            command: step.command, environment: step.environment, mergesOutput: true)
        let spec = SandboxSpec(image: name, limits: Self.limits)
        let stop = StopSignal()
        let (gone, goes) = AsyncStream<Void>.makeStream()
        let watch = DiskWatch(folder) { stop.fire(.canceled) }
        let result: Result<SandboxReport, CodeBoxError>
        do throws(CodeBoxError) {
            result = .success(
                try await client.run(
                    program, in: spec, until: stop, onOutput: nil, whenGone: { goes.finish() }))
        } catch {
            result = .failure(error)
        }
        for await _ in gone {}
        let hasFilledDisk = watch.end()
        let report = try result.get()
        let lines = Self.lines(report.stdout.bytes)
        guard !hasFilledDisk else { throw Self.failure(step, DiskWatch.refusal, lines) }
        guard report.outcome == .exited, report.exitCode == 0 else {
            throw Self.failure(step, Self.end(report), lines)
        }
        return lines
    }

    func end() async {
        await client.shutdown()
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .suffix(shownLines).map(String.init)
    }

    private static func failure(
        _ step: PreparationStep, _ how: String, _ lines: [String]
    ) -> CodeBoxError {
        CodeBoxError(
            .imageFailed, "the step '\(step.text)' \(how)",
            cause: lines.isEmpty ? nil : lines.suffix(12).joined(separator: "\n"))
    }

    private static func end(_ report: SandboxReport) -> String {
        switch report.outcome {
        case .exited: "failed with exit code \(report.exitCode ?? -1)"
        case .signaled: "was ended by signal \(report.signal ?? 0)"
        case .memoryExceeded: "used more than \(limits.memoryBytes >> 20) MiB of memory"
        case .kernelMemoryExceeded: "held too much of the kernel's memory"
        case .wallTimeExceeded: "ran longer than \(limits.wallMs / 60_000) minutes"
        case .cpuTimeExceeded: "used more than \(limits.cpuMs / 60_000) minutes of CPU time"
        case .canceled: "was canceled"
        case .lost, .failed: "did not run"
        }
    }
}
