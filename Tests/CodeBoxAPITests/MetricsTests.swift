import CodeBoxCore
import CodeBoxWorker
import HTTPTypes
import Testing

@testable import CodeBoxAPI
@testable import CodeBoxHTTP

@Suite("GET /metrics")
struct MetricsTests {
    @Test("every sample follows its metric's type, and reads as Prometheus reads it")
    func format() async throws {
        let service = ScriptedJobService()
        service.keep(
            Job(id: JobID(), spec: JobSpec(runtime: "python")).finished(.printed("x")))
        try await Harness.with(service: service) { api in
            let answer = try await api.get("/metrics")
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            let text = String(decoding: answer.body, as: UTF8.self)
            let sample = #/([a-z_]+)(?:\{(?:[a-z]+="(?:[^"\\]|\\.)*",?)+\})? (\S+)/#
            var metric = ""
            for line in text.split(separator: "\n") {
                if line.hasPrefix("# TYPE ") {
                    metric = String(line.split(separator: " ")[2])
                } else if !line.hasPrefix("#") {
                    let match = try #require(try sample.wholeMatch(in: line), "\(line)")
                    #expect(match.1.hasPrefix(metric))
                    #expect(Double(match.2) != nil)
                }
            }
            #expect(text.contains("codebox_build_info{version=\"1.2.3\"} 1\n"))
            #expect(
                text.contains("codebox_runs_total{kind=\"stored\",outcome=\"exited\"} 1\n"))
            #expect(text.contains("codebox_start_time_seconds 1"))
            #expect(text.contains("codebox_jobs{state=\"queued\"} 2\n"))
            #expect(text.contains("codebox_slots 4\n"))
            #expect(text.contains("codebox_run_seconds_bucket{phase=\"run\",le=\"+Inf\"} 1\n"))
            #expect(text.contains("codebox_run_seconds_bucket{phase=\"run\",le=\"5e-05\"} 1\n"))
            #expect(text.contains("codebox_run_seconds_sum{phase=\"run\"} 9e-06\n"))
            #expect(text.contains("codebox_pool_waiting{runtime=\"py\\\"thon\",image="))
        }
    }

    @Test("buckets add up")
    func buckets() {
        var writer = MetricsWriter()
        writer.write([
            MetricFamily(
                "x", .histogram, "An x.",
                [.init(.histogram(counts: [2, 0, 1], bounds: [0.5, 1], sum: 9.5), ["a": "b"])])
        ])
        #expect(
            writer.text == """
                # HELP codebox_x An x.
                # TYPE codebox_x histogram
                codebox_x_bucket{a="b",le="0.5"} 2
                codebox_x_bucket{a="b",le="1.0"} 2
                codebox_x_bucket{a="b",le="+Inf"} 3
                codebox_x_sum{a="b"} 9.5
                codebox_x_count{a="b"} 3

                """)
    }

    @Test("where there are keys it wants one")
    func keys() async throws {
        let options = APIOptions(keys: try APIKeys(["0123456789abcdef"]), version: "1")
        try await Harness.with(options: options) { api in
            #expect(try await api.get("/metrics").status == 401)
            let answer = try await api.get(
                "/metrics", headers: [.authorization: "Bearer 0123456789abcdef"])
            #expect(answer.status == 200)
        }
    }
}
