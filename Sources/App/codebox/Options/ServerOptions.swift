import ArgumentParser
import CodeBoxCore
import Foundation

/// The server that a command talks to.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "URL of the server. (env: CODEBOX_SERVER; default: http://127.0.0.1:8080)",
            valueName: "url"))
    var server: String?
    @Option(
        name: .customLong("api-key"),
        help: ArgumentHelp(
            "API key. The variable is safer, because other users can see a command line. "
                + "(env: CODEBOX_API_KEY)", valueName: "key"))
    var apiKey: String?

    func client() throws(CodeBoxError) -> APIClient {
        let environment = ProcessInfo.processInfo.environment
        let url = server ?? Self.nonEmpty(environment["CODEBOX_SERVER"]) ?? "http://127.0.0.1:8080"
        return try APIClient(
            server: url, apiKey: apiKey ?? Self.nonEmpty(environment["CODEBOX_API_KEY"]))
    }

    private static func nonEmpty(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }
}
