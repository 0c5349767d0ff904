package import CodeBoxCore

/// What `codebox` ends with. From 64 on these are the BSD sysexits; 124, 125 and 137 are what
/// `timeout`, `docker run` and a shell's OOM kill use.
package enum ExitStatus: Int32, Error, CaseIterable {
    case success = 0
    /// Something asked about is not so: a check or a test failed, a job did not succeed.
    case failure = 1
    /// The command line is wrong.
    case usage = 64
    /// What was given (a job, a file, a limit, a runtime's name) is refused.
    case data = 65
    /// The server, the warden or a port is not to be had.
    case unavailable = 69
    /// CodeBox itself failed.
    case software = 70
    case noPermission = 77
    /// The configuration is wrong.
    case configuration = 78
    /// `codebox run`: the program overran its wall or CPU time.
    case timeExceeded = 124
    /// `codebox run`: CodeBox could not run the program.
    case notRun = 125
    /// `codebox run`: canceled by Ctrl-C.
    case canceled = 130
    /// `codebox run`: the program overran its memory.
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

    /// The status `codebox run` ends with: the program's own where it ended by itself.
    package static func ofProgram(outcome: Outcome, exitCode: Int?, signal: Int?) -> Int32 {
        switch outcome {
        case .exited: Int32(exitCode ?? 0)
        case .signaled: 128 + Int32(signal ?? 0)
        case .wallTimeExceeded, .cpuTimeExceeded: timeExceeded.rawValue
        case .memoryExceeded: memoryExceeded.rawValue
        case .canceled: canceled.rawValue
        case .lost, .failed: notRun.rawValue
        }
    }
}
