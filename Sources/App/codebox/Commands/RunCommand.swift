import ArgumentParser
import CodeBoxAPI
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxHTTP
import CodeBoxRuntimes
import CodeBoxSandbox
import Glibc

/// `codebox run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a program in a local sandbox.",
        discussion: """
            This command needs no server and uses the same sandbox. It shows output as the \
            program writes it. Ctrl-C kills the program. Without --runtime, the extension of the \
            file's name or its #! line tells the runtime.

            Exit status: the program's own; 128+n if signal n killed it; 124 if it exceeded its \
            wall or CPU time, 137 if it exceeded its memory; 130 after Ctrl-C; 125 if CodeBox \
            could not run it; 64 for a wrong command line.

            Examples:
              codebox run main.py
              echo 'console.log(process.argv)' | codebox run - -r node -- one two
              codebox run job.py --limit wall=2s --limit memory=64MiB < input.txt
              codebox run main.py --file data/input.csv --env MODE=fast --json
            """)

    @OptionGroup var job: JobOptions
    @OptionGroup var data: DataOptions
    @Flag(help: "Print the finished job as the API's JSON instead of its output.") var json = false

    func run() async throws {
        let finished: Job
        do {
            finished = try await execute()
        } catch let error as CodeBoxError {
            Failure.report(error)
            throw ExitStatus.notRun
        }
        guard let result = finished.result else { throw ExitStatus.software }
        if json {
            Console.write(JobDocument.bytes(finished) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
        } else {
            RunReport.explain(result)
        }
        Glibc.exit(
            ExitStatus.ofProgram(
                outcome: result.outcome, exitCode: result.exitCode, signal: result.signal))
    }

    private func execute() async throws -> Job {
        let settings = try data.settings()
        let spec = try job.spec { name, content throws(CodeBoxError) in
            let catalog = RuntimeCatalog(
                dataDirectory: settings.dataDirectory,
                runtimesDirectory: settings.runtimesDirectory)
            return try RuntimeGuess(catalog.manifests()).runtime(name: name, content: content)
        }
        let sandbox = try LocalSandbox(settings: settings)
        let output = OutputRelay()
        let showsOutput = !json
        let work = Task {
            try await sandbox.run(spec) { stream, bytes in
                if showsOutput { output.send(stream, bytes) }
            }
        }
        let interrupts = Interrupts { work.cancel() }
        let outcome = await work.result
        await output.finish()
        await sandbox.shutdown()
        interrupts.end()
        return try outcome.get()
    }
}
