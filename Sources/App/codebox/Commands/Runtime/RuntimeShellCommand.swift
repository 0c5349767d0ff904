import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxWorker
import Glibc

/// `codebox runtime shell`.
struct RuntimeShellCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Get a prompt in a runtime's image, in a sandbox.",
        discussion: """
            The prompt is bash's, or in an image without bash that of the runtime's interpreter. \
            The sandbox is that of a job, with the runtime's limits, except that it may live for \
            24 hours and write 64 MiB to each output. Lines are sent as you type them; the program \
            has no terminal. Ctrl-C goes to the program. Ctrl-D or `exit` ends the session, \
            Ctrl-\\ ends it at once. Nothing of it remains.

            Exit status: as that of `codebox run`.

            Examples:
              codebox runtime shell bash
              codebox runtime shell python --limit memory=1GiB --file data.csv
              codebox runtime shell node -- /usr/bin/dash -i
            """)

    @Argument(help: "Name of a runtime.") var name: String
    @Option(
        name: .customLong("file"),
        help: ArgumentHelp(
            "Copy a file into the workspace; may be repeated.", valueName: "[path=]file"))
    var files: [String] = []
    @Option(
        name: .customLong("limit"),
        help: ArgumentHelp("As in codebox run; may be repeated.", valueName: "name=value"))
    var limits: [String] = []
    @OptionGroup var data: DataOptions
    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("A program of the image to start instead.", valueName: "command"))
    var command: [String] = []

    /// The most that a session lasts: the most that a limit can be.
    private static let longestMs = 24 * 3600 * 1000
    /// This process holds in memory what the program has written.
    private static let outputBytes = 64 << 20

    func run() async throws {
        let finished: Job
        do {
            finished = try await session()
        } catch let error as CodeBoxError {
            Failure.report(error)
            throw ExitStatus.notRun
        }
        guard let result = finished.result else { throw ExitStatus.software }
        RunReport.explain(result)
        Glibc.exit(
            ExitStatus.ofProgram(
                outcome: result.outcome, exitCode: result.exitCode, signal: result.signal))
    }

    private func session() async throws -> Job {
        var settings = try data.settings()
        settings.ceiling.wallMs = Self.longestMs
        settings.ceiling.cpuMs = Self.longestMs
        settings.ceiling.outputBytes = max(settings.ceiling.outputBytes, Self.outputBytes)
        let runtime = try RuntimeCatalog(
            dataDirectory: settings.dataDirectory, runtimesDirectory: settings.runtimesDirectory
        ).resolve(name)
        let spec = try spec(runtime, ceiling: settings.ceiling)
        let program = try program(of: runtime, spec, settings)
        if let note = program.note { Console.error("codebox: \(note)") }
        let sandbox = try LocalSandbox(settings: settings)
        return try await run(program, spec, in: sandbox)
    }

    private func run(
        _ program: ShellProgram, _ spec: JobSpec, in sandbox: LocalSandbox
    ) async throws -> Job {
        var options = JobRunner.Options()
        options.command = program.command
        options.onInputPipe = InputBridge.start
        let output = OutputRelay()
        let work = Task { [options] in
            try await sandbox.run(spec, options) { stream, bytes in output.send(stream, bytes) }
        }
        let inside = SandboxedProgram(warden: sandbox.warden)
        let signals = ShellSignals(
            interrupt: { inside.signal(SIGINT) }, end: { work.cancel() })
        let outcome = await work.result
        await output.finish()
        await sandbox.shutdown()
        signals.end()
        return try outcome.get()
    }

    private func spec(
        _ runtime: InstalledRuntime, ceiling: Limits
    ) throws(CodeBoxError) -> JobSpec {
        var spec = JobSpec(runtime: runtime.manifest.name, source: "")
        for text in files {
            let file = try FileArgument(text)
            spec.files.append(JobFile(path: file.path, content: try LocalFile.read(file.local)))
        }
        var asked: [LimitArgument] = []
        for text in ["wall_ms=\(Self.longestMs)", "output_bytes=\(Self.outputBytes)"] + limits {
            asked.append(try LimitArgument(text))
        }
        spec.limits = LimitArgument.request(asked)
        return spec
    }

    private func program(
        of runtime: InstalledRuntime, _ spec: JobSpec, _ settings: Settings
    ) throws(CodeBoxError) -> ShellProgram {
        guard command.isEmpty else {
            guard command[0].hasPrefix("/") else {
                throw CodeBoxError(
                    .invalidRequest,
                    "'\(command[0])' is not an absolute path in the image, such as /usr/bin/dash")
            }
            return ShellProgram(command: command)
        }
        let limits = try LimitsPolicy(ceiling: settings.ceiling).resolve(
            request: spec.limits, runtimeDefaults: runtime.manifest.limits)
        return ShellProgram(of: runtime, limits: limits)
    }
}
