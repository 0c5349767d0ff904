import ArgumentParser
import CodeBoxAPI
import CodeBoxCLI
import CodeBoxCore
import CodeBoxSandbox
import Glibc

/// `codebox run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a program in a sandbox, here and now.",
        discussion: """
            Needs no server: it starts a warden of its own, and the sandbox is the same. Output is \
            shown as it comes. Ctrl-C kills the program.

            Exit status: the program's own; 128+n if signal n killed it; 124 if it overran its \
            wall or CPU time, 137 its memory; 130 after Ctrl-C; 125 if CodeBox could not run it; \
            64 for a wrong command line.

            Examples:
              codebox run main.py --runtime python
              echo 'console.log(process.argv)' | codebox run - -r node -- one two
              codebox run job.py -r python --limit wall=2s --limit memory=64MiB < input.txt
              codebox run main.py -r python --file data/input.csv --env MODE=fast --json
            """)

    @OptionGroup var job: JobOptions
    @OptionGroup var data: DataOptions
    @Flag(help: "Print the job as JSON, as the API would, instead of its output.") var json = false

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
        let spec = try job.spec()
        let sandbox = try LocalSandbox(settings: try data.settings())
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
