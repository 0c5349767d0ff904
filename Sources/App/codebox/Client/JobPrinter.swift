import CodeBoxConfiguration
import Foundation
import Glibc

/// Prints jobs of a server.
enum JobPrinter {
    /// The server's JSON, on one line.
    static func json(_ body: Data) {
        Console.write([UInt8](body) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
    }

    /// Prints the program's output to the same streams, and on stderr how the program ended if it
    /// failed.
    /// - Throws: ``ExitStatus/failure`` unless it exited with 0.
    static func outcome(_ body: Data, asJSON: Bool) throws {
        let job = try JobView.decode(body)
        if asJSON {
            json(body)
        } else {
            Console.write(job.outputBytes, to: STDOUT_FILENO)
            Console.write(job.errorBytes, to: STDERR_FILENO)
            if !job.isSuccess {
                let end = TerminalText.escaped("job \(job.id): \(ending(job))")
                Console.error("codebox: \(end)")
            }
        }
        if !job.isSuccess { throw ExitStatus.failure }
    }

    /// Prints everything about one job.
    static func details(_ job: JobView) {
        var table = TextTable([])
        table.add(["id", job.id])
        table.add(["state", job.state])
        table.add([
            "runtime",
            [job.runtime.name, job.runtime.version].compactMap(\.self).joined(separator: " "),
        ])
        if job.isFinished { table.add(["ended", ending(job)]) }
        table.add(["attempt", "\(job.attempt)"])
        table.add(["created", job.createdAt])
        if let finished = job.finishedAt { table.add(["finished", finished]) }
        if let timings = job.timings { table.add(["time", text(timings)]) }
        if let usage = job.usage { table.add(["usage", text(usage)]) }
        for (name, value) in job.labels.sorted(by: { $0.key < $1.key }) {
            table.add(["label", "\(name)=\(value)"])
        }
        Console.lines(table.escaped().lines())
        section("stdout", job.outputBytes, isTruncated: job.stdoutTruncated)
        section("stderr", job.errorBytes, isTruncated: job.stderrTruncated)
    }

    private static func section(_ name: String, _ bytes: [UInt8], isTruncated: Bool?) {
        guard !bytes.isEmpty else { return }
        let note = isTruncated == true ? " (truncated)" : ""
        Console.line(Console.outputStyle.paint("--- \(name)\(note)", .faint))
        Console.write(bytes, to: STDOUT_FILENO)
        if bytes.last != UInt8(ascii: "\n") { Console.line("") }
    }

    private static func ending(_ job: JobView) -> String {
        job.error.map { "\(job.ending): \($0)" } ?? job.ending
    }

    private static func text(_ timings: JobView.Timings) -> String {
        let parts = [
            ("queued", timings.queuedUs), ("acquire", timings.acquireUs),
            ("startup", timings.startupUs), ("run", timings.runUs), ("finish", timings.finishUs),
        ]
        let way = (timings.cold ? "cold" : "warm") + (timings.forked ? ", forked" : "")
        return parts.map { "\($0.0) \(TimeSpan(microseconds: $0.1))" }.joined(separator: ", ")
            + " (\(way))"
    }

    private static func text(_ usage: JobView.Usage) -> String {
        let cpu = TimeSpan(microseconds: usage.cpuUserUs + usage.cpuSystemUs)
        return "cpu \(cpu), memory \(ByteSize(bytes: usage.memoryPeakBytes)) at most"
    }
}
