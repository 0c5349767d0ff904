import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// `codebox serve` with a certificate.
    @Suite struct ServeTLSTests {
        /// Makes a certificate for `localhost`, which the server's user may read.
        private func certificate(_ name: String, in folder: String) async throws {
            let command =
                "cd '\(folder)' && openssl req -x509 -newkey ec -pkeyopt "
                + "ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=\(name) "
                + "-addext subjectAltName=DNS:localhost -keyout \(name).key -out \(name).pem "
                + "&& chmod 644 \(name).key"
            #expect(try await shell(command).status == 0)
        }

        private func shell(_ text: String) async throws -> (status: Int32, stdout: String) {
            let process = try ChildProcess("/bin/bash", ["-c", text], environment: [:])
            guard case .code(let status) = await process.wait(within: .seconds(20)) else {
                process.send(SIGKILL)
                throw CodeBoxServer.Failed(description: "\(text) did not end")
            }
            _ = await process.stdout.end(within: .seconds(5))
            return (status, process.stdout.text)
        }

        @Test("serve speaks HTTPS as its confined user, and takes a renewed certificate")
        func serve() async throws {
            try await CodeBoxCommand.use { command in
                let folder = command.scratch.path + "/tls"
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true)
                chmod(folder, 0o755)
                try await certificate("one", in: folder)
                try await certificate("two", in: folder)
                let copy = "cd '\(folder)' && cp %.pem used.pem && cp %.key used.key"
                #expect(try await shell(copy.replacing("%", with: "one")).status == 0)
                let process = try command.start([
                    "serve", "--port", "0", "--tls-certificate-file", folder + "/used.pem",
                    "--tls-key-file", folder + "/used.key",
                ])
                defer { process.send(SIGKILL) }
                let isUp = await process.stdout.wait(within: .seconds(20)) {
                    $0.contains("codebox: listening on https://127.0.0.1:")
                }
                try #require(isUp, "\(process.stdout.text)\(process.stderr.text)")
                let match = process.stdout.text.firstMatch(of: #/https://127\.0\.0\.1:(\d+)/#)
                let port = try #require(match).output.1
                func fetch(_ name: String) async throws -> Bool {
                    let curl = "curl -sS --max-time 10 --cacert '\(folder)/\(name).pem' "
                    let answer = try await shell(curl + "https://localhost:\(port)/healthz")
                    return answer.status == 0 && answer.stdout.contains("\"status\"")
                }
                #expect(try await fetch("one"))
                #expect(try await !fetch("two"))
                #expect(try await shell(copy.replacing("%", with: "two")).status == 0)
                let end = ContinuousClock.now + .seconds(25)
                while try await !fetch("two"), ContinuousClock.now < end {
                    try await Task.sleep(for: .milliseconds(500))
                }
                #expect(try await fetch("two"))
                process.send(SIGTERM)
                #expect(await process.wait(within: .seconds(30)) == .code(0))
            }
        }
    }
}
