import ArgumentParser
import CodeBoxCore
import Glibc

/// Exits because of an error: prints what happened and chooses the status.
enum Failure {
    static func exit(_ error: any Error) -> Never {
        switch error {
        case let error as CodeBoxError:
            report(error)
            Glibc.exit(ExitStatus(error.code).rawValue)
        case let failure as APIFailure:
            report(failure.message)
            Glibc.exit(failure.exitStatus.rawValue)
        case let status as ExitStatus:
            Glibc.exit(status.rawValue)
        default:
            // Help, versions, completion scripts and wrong command lines.
            CodeBox.exit(withError: error)
        }
    }

    static func report(_ error: CodeBoxError) {
        let cause = error.cause.map { " (\($0))" } ?? ""
        report("\(error.message)\(cause)")
    }

    private static func report(_ message: String) {
        Console.error("codebox: " + TerminalText.escaped(message, keepsLines: true))
    }
}
