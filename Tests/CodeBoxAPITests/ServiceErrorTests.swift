import CodeBoxCore
import CodeBoxWorker
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import CodeBoxAPI

@Suite struct ServiceErrorTests {
    @Test(
        "each of the service's errors has its status, and says when to try again",
        arguments: [
            (.invalidRequest, 422, nil), (.limitOutOfRange, 422, nil), (.unknownRuntime, 422, nil),
            (.runtimeNotBuilt, 503, nil), (.queueFull, 429, "1"), (.shuttingDown, 503, "5"),
            (.storeFailed, 500, nil), (.sandboxFailed, 500, nil), (.wardenUnavailable, 503, "1"),
            (.imageFailed, 500, nil), (.configurationInvalid, 500, nil), (.internalError, 500, nil),
        ] as [(CodeBoxError.Code, Int, String?)])
    func statuses(code: CodeBoxError.Code, status: Int, retryAfter: String?) async throws {
        let failure = CodeBoxError(
            code, "The message.", field: "runtime", cause: "/secret/path: errno 5")
        try await Harness.with(service: ScriptedJobService(failure: failure)) { api in
            for uri in ["/v1/jobs", "/v1/run"] {
                let answer = try await api.post(uri, #"{"runtime":"python","source":""}"#)
                #expect(answer.status == status)
                #expect(answer.headers[.retryAfter] == retryAfter)
                #expect(!String(decoding: answer.body, as: UTF8.self).contains("secret"))
                let isInternal = ["internal_error", "store_failed"].contains(answer.string("code"))
                #expect((answer.string("detail") == "The message.") == !isInternal)
                #expect(answer.string("instance")?.hasPrefix("urn:codebox:request:") == true)
                #expect(
                    answer.string("type") == "urn:codebox:problem:\(answer.string("code") ?? "")")
            }
        }
    }

    @Test("what is not ready is a problem that lists the checks")
    func notReady() async throws {
        let service = ScriptedJobService(checks: [
            .init(name: "store", isReady: true),
            .init(name: "warden", isReady: false, detail: "Not running; see the log."),
        ])
        try await Harness.with(service: service) { api in
            let answer = try await api.get("/readyz")
            #expect(answer.status == 503 && answer.string("code") == "not_ready")
            let checks = try #require(answer["checks"] as? [[String: Any]])
            #expect(checks.map { $0["ready"] as? Bool } == [true, false])
            #expect(checks.last?["detail"] as? String == "Not running; see the log.")
        }
    }
}
