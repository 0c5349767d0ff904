import Foundation

/// A problem that a server reported, or the lack of a server.
struct APIFailure: Error {
    var status: Int
    var message: String
    var code: String?
    /// The maximum of a value that was out of range.
    var maximum: Double?

    init(status: Int, body: Data) {
        self.status = status
        if let problem = try? JobView.decoder.decode(ProblemView.self, from: body) {
            message = problem.text
            code = problem.code
            maximum = problem.maximum
        } else {
            message = "the server answered with status \(status) and no explanation"
        }
    }

    private init(message: String) {
        status = 0
        self.message = message
    }

    static func unreachable(_ server: String, _ error: any Error) -> APIFailure {
        APIFailure(
            message: "no CodeBox server answers at \(server) (\(error)); start one with `codebox "
                + "serve`, or name another with --server")
    }

    var exitStatus: ExitStatus {
        switch status {
        case 0, 429, 503: .unavailable
        case 401, 403: .noPermission
        case 400..<500: .data
        default: .software
        }
    }
}
