import CodeBoxCore
import CodeBoxWorker
import HTTPTypes
import HummingbirdTesting
import Logging
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

@Suite struct AccessTests {
    private static let key = "correct-horse-battery"

    private func options() throws -> APIOptions {
        var options = APIOptions(
            keys: try APIKeys([Self.key, "another-key-altogether"]), version: "1")
        options.wrongKeyPauseMs = 1
        return options
    }

    @Test(
        "with keys, only who shows one comes in",
        arguments: [
            nil, "", "Bearer", "Bearer ", "Bearer wrong-horse-battery",
            "Basic correct-horse-battery",
            "correct-horse-battery", "Bearer correct-horse-batter", "Bearer correct-horse-battery1",
            "Bearer  correct-horse-battery",
        ] as [String?])
    func strangers(authorization: String?) async throws {
        try await Harness.with(options: options()) { api in
            let headers: HTTPFields = authorization.map { [.authorization: $0] } ?? [:]
            for uri in ["/v1/jobs", "/v1/runtimes", "/v1/jobs/x", "/nothing"] {
                let answer = try await api.get(uri, headers: headers)
                #expect(answer.status == 401)
                #expect(answer.string("code") == "unauthorized")
                #expect(answer.headers[.wwwAuthenticate] == "Bearer realm=\"codebox\"")
            }
            let run = try await api.post("/v1/run", "{}", headers: headers)
            #expect(run.status == 401)
            #expect(api.service.seen.specs.isEmpty)
        }
    }

    @Test(
        "every key opens",
        arguments: ["Bearer correct-horse-battery", "bearer another-key-altogether"])
    func friends(authorization: String) async throws {
        try await Harness.with(options: options()) { api in
            let answer = try await api.get("/v1/runtimes", headers: [.authorization: authorization])
            #expect(answer.status == 200)
        }
    }

    @Test("health, readiness and the document are open; what is not ready is told to friends only")
    func open() async throws {
        let service = ScriptedJobService(checks: [
            .init(name: "warden", isReady: false, detail: "no socket at /run/x")
        ])
        try await Harness.with(service: service, options: options()) { api in
            #expect(try await api.get("/healthz").status == 200)
            #expect(try await api.get("/openapi.json").status == 200)
            let stranger = try await api.get("/readyz")
            #expect(stranger.status == 503)
            #expect(!String(decoding: stranger.body, as: UTF8.self).contains("/run/x"))
            let friend = try await api.get(
                "/readyz", headers: [.authorization: "Bearer \(Self.key)"])
            #expect(String(decoding: friend.body, as: UTF8.self).contains("no socket at"))
        }
    }

    @Test("without keys, a request that came through a foreign name is refused, on every route")
    func rebinding() async throws {
        try await Harness.with(.live) { api in
            let port = try #require(api.client.port)
            for host in [
                "evil.example", "evil.example:\(port)", "127.0.0.1.evil.example", "10.0.0.1",
            ] {
                let raw = try await RawClient.exchange(
                    port: port,
                    "GET /healthz HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                #expect(raw.hasPrefix("HTTP/1.1 421 "))
                #expect(raw.contains("misdirected_request"))
            }
            for host in ["localhost:\(port)", "127.0.0.1:\(port)", "[::1]:\(port)", "127.0.0.1"] {
                let raw = try await RawClient.exchange(
                    port: port,
                    "GET /healthz HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                #expect(raw.hasPrefix("HTTP/1.1 200 "))
            }
        }
    }

    @Test("an API for strangers can't be made without keys")
    func initialiser() {
        #expect(throws: CodeBoxError.self) {
            let service = ScriptedJobService()
            _ = try APIServer(
                runs: service, jobs: service, status: service,
                options: APIOptions(host: "0.0.0.0", version: "1"),
                logger: Logger(label: "test"))
        }
    }
}
