import Testing

extension EndToEnd {
    /// The sysctls that PID 1 writes in its own network and user namespaces.
    @Suite(.server)
    struct SysctlTests {
        private static let bounds = [
            ("net/core/somaxconn", "128"),
            ("net/ipv4/tcp_rmem", "4096\t131072\t262144"),
            ("net/ipv4/tcp_wmem", "4096\t16384\t262144"),
            ("net/ipv4/tcp_max_tw_buckets", "1024"),
            ("user/max_user_namespaces", "0"),
        ]

        @Test("every sysctl that bounds a job is set", arguments: Language.allCases)
        func values(_ language: Language) async throws {
            let paths = Self.bounds.map { "/proc/sys/" + $0.0 }
            let source = language.choose(
                python: "import sys\nfor path in sys.argv[1:]: print(open(path).read(), end='')",
                node: "for (const path of process.argv.slice(2)) "
                    + "process.stdout.write(require('fs').readFileSync(path))",
                bash: "cat \"$@\"")
            let job = try await run(JobBody(language, source).with { $0.args = paths })
            #expect(job.stderr.text == "")
            let wanted = Self.bounds.map { $0.1 + "\n" }.joined()
            #expect(job.stdout.text == wanted)
        }

        @Test("no job can write a sysctl, nor has the capability that PID 1 wrote them with")
        func readOnly() async throws {
            for (name, _) in Self.bounds {
                let found = try await probe(
                    "print(json.dumps(attempt(lambda: open('/proc/sys/\(name)', 'w'))))")
                #expect(found == "EROFS", "\(name)")
            }
            let sets = try await run(JobBody(.bash, "grep ^Cap /proc/self/status")).stdout.text
            let masks = sets.split(separator: "\n").compactMap { $0.split(separator: "\t").last }
            #expect(masks.count == 5)
            for mask in masks { #expect(UInt64(mask, radix: 16) == 0, "\(sets)") }
        }

        @Test("a listener's queue, a socket's buffers and closed connections are bounded")
        func bounds() async throws {
            let found = try await probe(program("sysctl_bounds.py")) {
                $0.limits = JobBody.Limits(openFiles: 256)
            }
            let amounts = try #require(found.array).compactMap(\.number)
            try #require(amounts.count == 3)
            // The kernel admits one connection more than the bound.
            #expect((64...129).contains(amounts[0]), "\(amounts[0]) connections waited")
            #expect((65_536...1_048_576).contains(amounts[1]), "\(amounts[1]) bytes were held")
            #expect((512...1024).contains(amounts[2]), "\(amounts[2]) connections were left")
        }
    }
}
