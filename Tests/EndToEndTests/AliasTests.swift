import Testing

extension EndToEnd {
    /// Names under which other services know the languages.
    @Suite(.server)
    struct AliasTests {
        static let typed = """
            interface Named { name: string }
            const greet = (who: Named): string => `hello ${who.name}`;
            console.log(greet({ name: "types" }), __filename);
            """

        @Test(
            "an alias runs its runtime's programs",
            arguments: [
                ("javascript", Language.node), ("js", .node), ("nodejs", .node), ("py", .python),
                ("py3", .python), ("python3", .python), ("python3.13", .python), ("sh", .bash),
            ])
        func alias(_ name: String, _ language: Language) async throws {
            let job = try await run(
                JobBody(language, language.hello).with { $0.runtime = name })
            #expect(job.stdout.text == "hello\n")
            #expect(job.runtime?.name == language.rawValue)
        }

        @Test(
            "typescript saves source as main.ts, so that its types are stripped",
            arguments: ["typescript", "ts", "typescript:24"])
        func typeScript(_ name: String) async throws {
            let job = try await run(JobBody(.node, Self.typed).with { $0.runtime = name })
            #expect(job.stdout.text == "hello types /workspace/main.ts\n", "\(job.stderr.text)")
            #expect(job.runtime?.name == "node")
        }

        @Test("a stored typescript job is node's, and keeps its file name")
        func storedTypeScript() async throws {
            let api = try server.api
            let id = try await api.submit(
                JobBody(.node, Self.typed).with { $0.runtime = "typescript" }
            ).id
            let job = try await api.finished(id)
            #expect(job.stdout.text == "hello types /workspace/main.ts\n", "\(job.stderr.text)")
            let list = try await api.get("/v1/jobs?runtime=node&limit=200").json()
            let ids = list["jobs"]?.array?.compactMap { $0["id"]?.string } ?? []
            #expect(ids.contains(id))
        }

        @Test("a typescript module imports, and an own entrypoint goes before the alias's")
        func typeScriptModules() async throws {
            let module = JobBody(.node, "import { x } from './x.ts'; console.log(x as number);")
                .with {
                    $0.runtime = "typescript"
                    $0.files = [JobBody.File("x.ts", "export const x: number = 7;")]
                }
            #expect(try await run(module).stdout.text == "7\n")
            let own = JobBody(.node, "console.log(__filename)").with {
                $0.runtime = "typescript"
                $0.entrypoint = "own.js"
            }
            #expect(try await run(own).stdout.text == "/workspace/own.js\n")
        }

        @Test("an unknown runtime is answered with all that there are, aliases too")
        func unknown() async throws {
            let answer = try await server.api.post(
                "/v1/run", JobBody(.python, "").with { $0.runtime = "cobol" })
            #expect(answer.status == 422)
            for name in ["python (also", "python3.13", "javascript", "typescript", "bash (also"] {
                #expect(answer.text.contains(name), "\(answer.text)")
            }
        }
    }
}
