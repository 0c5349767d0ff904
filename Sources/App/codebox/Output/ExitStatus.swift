package import CodeBoxCore

/// Exit statuses of `codebox`. From 64 on these are the BSD sysexits; `timeout`, `docker run` and a
/// shell's OOM kill use 124, 125 and 137.
package enum ExitStatus: Int32, Error, CaseIterable {
    case success = 0
    /// A check, a test or a job failed.
    case failure = 1
    /// The command line is wrong.
    case usage = 64
    /// A job, a file, a limit or a runtime's name is refused.
    case data = 65
    /// The server, the warden or a port is unavailable.
    case unavailable = 69
    /// CodeBox itself failed.
    case software = 70
    case noPermission = 77
    /// The configuration is wrong.
    case configuration = 78
    /// `codebox run`: the program exceeded its wall or CPU time.
    case timeExceeded = 124
    /// `codebox run`: CodeBox could not run the program.
    case notRun = 125
    /// `codebox run`: canceled by Ctrl-C.
    case canceled = 130
    /// `codebox run`: the program exceeded its memory.
    case memoryExceeded = 137

    package init(_ code: CodeBoxError.Code) {
        switch code {
        case .invalidRequest, .limitOutOfRange, .unknownRuntime, .runtimeNotBuilt, .jobNotFound,
            .jobFinished:
            self = .data
        case .queueFull, .shuttingDown, .wardenUnavailable: self = .unavailable
        case .configurationInvalid: self = .configuration
        case .storeFailed, .sandboxFailed, .imageFailed, .internalError: self = .software
        }
    }

    /// The status of `codebox run`: the program's own if it ended by itself.
    package static func ofProgram(outcome: Outcome, exitCode: Int?, signal: Int?) -> Int32 {
        switch outcome {
        case .exited: Int32(exitCode ?? 0)
        case .signaled: 128 + Int32(signal ?? 0)
        case .wallTimeExceeded, .cpuTimeExceeded: timeExceeded.rawValue
        case .memoryExceeded, .kernelMemoryExceeded: memoryExceeded.rawValue
        case .canceled: canceled.rawValue
        case .lost, .failed: notRun.rawValue
        }
    }
}
