import Foundation
import Testing

extension EndToEnd {
    /// Two jobs have nothing in common, at one time or one after the other.
    @Suite(.server(environment: ["CODEBOX_SLOTS": "4"]))
    struct NeighbourIsolationTests {
        static let namespaces = ["pid", "mnt", "net", "ipc", "uts", "user", "cgroup"]

        @Test("two sandboxes have different namespaces and host users, none of them the host's")
        func namespaces() async throws {
            let api = try server.api
            let watch = SandboxWatch()
            let body = JobBody(.python, "import time; time.sleep(3600)").with {
                $0.files = [watch.file]
            }
            let ids = [try await api.submit(body).id, try await api.submit(body).id]
            let processes = try await watch.appear(2)
            try #require(processes.count == 2)
            let host = try #require(HostProcess(pid: getpid()))
            for name in Self.namespaces {
                let seen = Set(processes.map { $0.namespace(name) } + [host.namespace(name)])
                #expect(seen.count == 3, "\(name): \(seen)")
            }
            let users = processes.compactMap { $0.status("Uid")?.split(separator: "\t").first }
            #expect(Set(users).count == (Installation.isRoot ? 2 : 1))
            #expect(users.count == 2 && !users.contains("0"))
            let groups = processes.compactMap { $0.status("Gid")?.split(separator: "\t").first }
            #expect(groups.count == 2 && !groups.contains("0"))
            for process in processes {
                #expect(process.status("CapEff") == "0000000000000000")
                #expect(process.status("CapBnd") == "0000000000000000")
                #expect(process.status("NoNewPrivs") == "1")
                #expect(process.status("Seccomp") == "2")
            }
            for id in ids { _ = try await api.send("DELETE", "/v1/jobs/\(id)") }
            #expect(await watch.gone() == nil)
        }

        @Test("a job is in cgroups of its own that carry its limits")
        func cgroups() async throws {
            let api = try server.api
            let watch = SandboxWatch()
            let body = JobBody(.python, "import time; time.sleep(3600)").with {
                $0.files = [watch.file]
            }
            .limited { $0.memoryBytes = 77 << 20 }
            let id = try await api.submit(body).id
            let process = try #require(try await watch.appear().first)
            let own = HostProcess.read("/proc/self/cgroup")?.split(separator: "\n") ?? []
            let theirs =
                HostProcess.read("/proc/\(process.pid)/cgroup")?.split(separator: "\n") ?? []
            for line in theirs
            where line.contains(":memory:") || line.contains(":pids:") || line.hasPrefix("0::") {
                if line.hasPrefix("0::") && theirs.contains(where: { $0.contains(":memory:") }) {
                    continue
                }
                #expect(!own.contains(line))
                #expect(line.contains("codebox"))
            }
            if let path = theirs.first(where: { $0.contains(":memory:") })?.split(separator: ":")
                .last
            {
                let limit = HostProcess.read("/sys/fs/cgroup/memory\(path)/memory.limit_in_bytes")
                #expect(limit?.trimmingCharacters(in: .whitespacesAndNewlines) == "\(77 << 20)")
            } else if let path = theirs.first?.split(separator: ":").last {
                let limit = HostProcess.read("/sys/fs/cgroup\(path)/memory.max")
                #expect(limit?.trimmingCharacters(in: .whitespacesAndNewlines) == "\(77 << 20)")
            }
            _ = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect(await watch.gone() == nil)
        }

        @Test("a job sees no process but its own while another runs")
        func processes() async throws {
            let api = try server.api
            let watch = SandboxWatch()
            let body = JobBody(.bash, "sleep 3600").with { $0.files = [watch.file] }
            let id = try await api.submit(body).id
            _ = try await watch.appear()
            let found = try await probe(
                program("neighbour_processes.py"))
            #expect(found == [[], []])
            _ = try await api.send("DELETE", "/v1/jobs/\(id)")
            #expect(await watch.gone() == nil)
        }

        @Test("nothing that one job wrote or made is there for the next")
        func traces() async throws {
            let leave = """
                for place in ['/workspace', '/tmp', '/dev/shm']:
                    with open(place + '/trace', 'w') as f: f.write('secret')
                libc.shmget(0x1234, 4096, 0o1000 | 0o666)
                libc.semget(0x1234, 1, 0o1000 | 0o666)
                libc.msgget(0x1234, 0o1000 | 0o666)
                print(json.dumps(len(open('/proc/sysvipc/shm').readlines())))
                """
            let look = program("neighbour_traces.py")
            _ = try await probe(leave)
            for _ in 0..<3 { #expect(try await probe(look) == [[], [0, 0, 0]]) }
        }

        @Test("random numbers of two jobs differ", arguments: Language.allCases)
        func randomness(_ language: Language) async throws {
            let source = language.choose(
                python: """
                    import random, secrets, uuid
                    print(random.random(), secrets.token_hex(8), uuid.uuid4())
                    """,
                node: """
                    const c = require('crypto'), bytes = c.randomBytes(8).toString('hex')
                    console.log(Math.random(), bytes, c.randomUUID())
                    """,
                bash: "echo $SRANDOM $RANDOM$RANDOM$RANDOM")
            var seen: [Set<String>] = [[], [], []]
            for _ in 0..<6 {
                let words = try await run(JobBody(language, source)).stdout.text.split {
                    $0.isWhitespace
                }
                for (index, word) in words.enumerated() { seen[index].insert(String(word)) }
            }
            #expect(seen[0].count == 6)
            #expect(seen[1].count == 6)
            if language != .bash { #expect(seen[2].count == 6) }
        }

        @Test("the server is unprivileged, and only the warden is not")
        func privileges() throws {
            let server = try server
            let service = try #require(server.part(.server))
            #expect(service.status("CapEff") == "0000000000000000")
            #expect(service.status("CapPrm") == "0000000000000000")
            #expect(service.status("NoNewPrivs") == "1" || !Installation.isRoot)
            #expect(service.status("Uid")?.hasPrefix("0\t") == false)
            let warden = try #require(server.part(.warden))
            #expect(warden.status("Threads") == "1")
        }
    }
}
