import Foundation
import Testing

extension EndToEnd {
    /// The routes, their answers and their refusals.
    @Suite(.server)
    struct APITests {
        @Test("a job is accepted with its place, and found there until and after it has finished")
        func acceptAndPoll() async throws {
            let api = try server.api
            let answer = try await api.post("/v1/jobs", JobBody(.python, "print('later')"))
            #expect(answer.status == 202)
            let accepted = try answer.job()
            #expect(answer.headers["location"] == "/v1/jobs/\(accepted.id)")
            #expect(accepted.id.count == 36)
            #expect(Array(accepted.id)[14] == "7", "a UUIDv7")
            let finished = try await api.finished(accepted.id)
            #expect(finished.stdout.text == "later\n")
            let again = try await api.get("/v1/jobs/\(accepted.id)").job()
            #expect(again.stdout.text == "later\n")
            #expect(again.attempt == 1)
        }

        @Test("with Prefer: wait the finished job comes at once")
        func preferWait() async throws {
            let answer = try await server.api.post(
                "/v1/jobs", JobBody(.node, "console.log(6 * 7)"), headers: ["Prefer": "wait=20"])
            #expect(answer.status == 200)
            #expect(try answer.job().stdout.text == "42\n")
        }

        @Test("a wait shorter than the job ends with the job as it is")
        func shortWait() async throws {
            let api = try server.api
            let start = ContinuousClock.now
            let answer = try await api.post(
                "/v1/jobs", JobBody(.bash, "sleep 60"), headers: ["Prefer": "wait=1"])
            let elapsed = ContinuousClock.now - start
            #expect(answer.status == 202)
            #expect(elapsed >= .milliseconds(900))
            #expect(elapsed < .seconds(10))
            let id = try answer.job().id
            let polled = try await api.get("/v1/jobs/\(id)?wait=1")
            #expect(try polled.job().state != "finished")
            _ = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect(try await api.finished(id).outcome == "canceled")
        }

        @Test("a long poll ends as soon as the job does")
        func longPoll() async throws {
            let api = try server.api
            let id = try await api.submit(JobBody(.bash, "sleep 1")).id
            let start = ContinuousClock.now
            _ = try await api.finished(id)
            #expect(ContinuousClock.now - start < .seconds(5))
        }

        @Test("a list is newest first, filtered, and paged by its cursor without gaps")
        func list() async throws {
            let api = try server.api
            let mark = "list-\(UInt32.random(in: 0 ... .max))"
            var ids: [String] = []
            for index in 0..<5 {
                let body = JobBody(index == 0 ? .bash : .python, index == 0 ? "true" : "print(1)")
                ids.append(try await api.submit(body.with { $0.labels = ["mark": mark] }).id)
            }
            for id in ids { _ = try await api.finished(id) }

            var seen: [String] = []
            var cursor: String?
            for _ in 0..<10 {
                let page = try await api.get(
                    "/v1/jobs?limit=2&label=mark:\(mark)" + (cursor.map { "&cursor=\($0)" } ?? ""))
                #expect(page.status == 200)
                let json = try page.json()
                seen += json["jobs"]?.array?.compactMap { $0["id"]?.string } ?? []
                cursor = json["next_cursor"]?.string
                if cursor == nil { break }
            }
            #expect(seen == ids.reversed())

            let bash = try await api.get("/v1/jobs?runtime=bash&label=mark:\(mark)&state=finished")
            #expect(try bash.json()["jobs"]?.array?.compactMap { $0["id"]?.string } == [ids[0]])
            let queued = try await api.get("/v1/jobs?label=mark:\(mark)&state=queued")
            #expect(try queued.json()["jobs"]?.array?.isEmpty == true)
        }

        @Test("labels come back with the job")
        func labels() async throws {
            let api = try server.api
            let job = try await api.submit(
                JobBody(.bash, "true").with { $0.labels = ["team": "blue", "ünï": ""] })
            #expect(try await api.finished(job.id).labels == ["team": "blue", "ünï": ""])
        }

        @Test("the quick way through stores nothing")
        func runStoresNothing() async throws {
            let job = try await run(JobBody(.bash, "echo quick"))
            #expect(job.stdout.text == "quick\n")
            let answer = try await server.api.get("/v1/jobs/\(job.id)")
            #expect(answer.status == 404)
        }

        @Test("a client that goes away takes its quick job with it")
        func runCanceledByDisconnect() async throws {
            let watch = SandboxWatch()
            let job = JobBody(.bash, "sleep 47").with { $0.args = [watch.mark] }
            let body = Array(try JSONEncoder().encode(job))
            await #expect(throws: (any Error).self) {
                _ = try await server.api.send("POST", "/v1/run", body: body, timeout: .seconds(1))
            }
            #expect(await watch.gone() == nil)
        }

        @Test("the runtimes are listed with version, digest and limits")
        func runtimes() async throws {
            let json = try await server.api.get("/v1/runtimes").json()
            let entries = try #require(json["runtimes"]?.array)
            for language in Language.allCases {
                let entry = try #require(entries.first { $0["name"]?.string == language.rawValue })
                #expect(entry["version"]?.string?.isEmpty == false)
                #expect(entry["digest"]?.string?.count == 64)
                #expect(entry["limits"]?["wall_ms"]?.int != nil)
            }
        }

        @Test("a runtime may be named with its version or an alias")
        func runtimeNames() async throws {
            let json = try await server.api.get("/v1/runtimes").json()
            for entry in try #require(json["runtimes"]?.array) {
                let name = try #require(entry["name"]?.string)
                let language = try #require(Language(rawValue: name))
                let version = try #require(entry["version"]?.string)
                let aliases = entry["aliases"]?.array?.compactMap(\.string) ?? []
                for spelling in ["\(name):\(version)"] + aliases {
                    let job = try await run(
                        JobBody(language, language.hello).with { $0.runtime = spelling })
                    #expect(job.stdout.text == "hello\n", "\(spelling)")
                    #expect(job.runtime?.name == name)
                }
            }
        }

        @Test("health and readiness are told")
        func health() async throws {
            #expect(try await server.api.get("/healthz").status == 200)
            let ready = try await server.api.get("/readyz")
            #expect(ready.status == 200)
            for name in ["store", "warden", "runtimes"] { #expect(ready.text.contains(name)) }
        }

        @Test("the API describes itself, and each described route is there")
        func openAPI() async throws {
            let answer = try await server.api.get("/openapi.json")
            #expect(answer.status == 200)
            let document = try answer.json()
            #expect(document["openapi"]?.string?.hasPrefix("3.1") == true)
            let paths = try #require(document["paths"]?.object)
            for path in [
                "/v1/jobs", "/v1/jobs/{id}", "/v1/run", "/v1/runtimes", "/healthz", "/readyz",
                "/openapi.json",
            ] {
                #expect(paths[path] != nil, "\(path)")
            }
            let template = "01900000-0000-7000-8000-000000000000"
            for (path, operations) in paths {
                for method in ["get", "post", "delete", "put"] where operations[method] != nil {
                    let answer = try await server.api.send(
                        method.uppercased(), path.replacing("{id}", with: template),
                        body: method == "post" ? Array("{}".utf8) : nil)
                    #expect(answer.status != 405, "\(method) \(path)")
                    #expect(answer.status < 500, "\(method) \(path)")
                    if answer.status == 404 { #expect(answer.text.contains("job_not_found")) }
                }
            }
        }
    }
}
