import CodeBoxConfiguration
import CodeBoxCore

/// Explains on stderr why a program was ended.
enum RunReport {
    static func explain(_ result: JobResult) {
        for line in lines(result) { Console.error("codebox: \(TerminalText.escaped(line))") }
    }

    private static func lines(_ result: JobResult) -> [String] {
        var lines: [String] = []
        for (name, output) in [("stdout", result.stdout), ("stderr", result.stderr)]
        where output.isTruncated {
            lines.append(
                "\(name) was cut after \(output.bytes.count) of \(output.totalBytes) bytes; "
                    + "--limit output=… keeps more")
        }
        if let ending = ending(result) { lines.append(ending) }
        return lines
    }

    private static func ending(_ result: JobResult) -> String? {
        let limits = result.limits
        switch result.outcome {
        case .exited:
            return nil
        case .signaled:
            return "the program was killed by signal \(result.signal.map(String.init) ?? "?")"
        case .wallTimeExceeded:
            let time = limits.map { "\(TimeSpan(microseconds: $0.wallMs * 1000))" } ?? "its limit"
            return "the program ran longer than \(time) and was killed; --limit wall=… allows more"
        case .cpuTimeExceeded:
            let time = limits.map { "\(TimeSpan(microseconds: $0.cpuMs * 1000))" } ?? "its limit"
            return
                "the program used more than \(time) of CPU and was killed; "
                + "--limit cpu=… allows more"
        case .memoryExceeded:
            let size = limits.map { "\(ByteSize(bytes: $0.memoryBytes))" } ?? "its limit"
            return "the program used more than \(size) of memory and was killed; "
                + "--limit memory=… allows more"
        case .kernelMemoryExceeded:
            return
                "the program held too much of the kernel's memory, such as locks or sockets, and "
                + "was killed; the setting kernel_memory_budget allows more"
        case .canceled:
            return "canceled"
        case .lost, .failed:
            return result.error ?? "the program could not be run"
        }
    }
}
