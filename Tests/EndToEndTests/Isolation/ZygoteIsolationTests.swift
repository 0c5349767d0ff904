import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What a job that goes on in a forked interpreter has in common with the zygote it was forked
    /// from, and with the jobs beside it: nothing that it could use.
    @Suite(.server(environment: ["CODEBOX_ZYGOTES": "on", "CODEBOX_SLOTS": "4"]))
    struct ZygoteIsolationTests {
        static let languages = [Language.python, .node]

        /// Runs a job, in a forked interpreter for sure.
        func forked(_ body: JobBody) async throws -> JobAnswer {
            // Until its zygote is up, a runtime's programs are exec'ed.
            for _ in 0..<100 {
                let answer = try await run(body)
                if answer.timings?.forked == true { return answer }
                try await Task.sleep(for: .milliseconds(100))
            }
            Issue.record("no zygote came up within ten seconds\(try server.log)")
            return try await run(body)
        }

        func zygote(_ language: Language) throws -> HostProcess {
            let program = language.choose(python: "/python3", node: "/node", bash: "/bash")
            let warden = try #require(try server.part(.warden))
            return try #require(
                HostProcess.descendants(of: warden.pid).first {
                    $0.pidNamespace == warden.pidNamespace
                        && $0.arguments.first?.hasSuffix(program) == true
                }, "no zygote of \(language) below the warden")
        }

        @Test(
            "a zygote holds no capability, no new privilege, and none of the warden's descriptors")
        func zygoteIsPoor() async throws {
            for language in Self.languages {
                _ = try await forked(JobBody(language, language.hello))
                let zygote = try zygote(language)
                for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
                    #expect(zygote.status(set) == "0000000000000000", "\(language) \(set)")
                }
                #expect(zygote.status("NoNewPrivs") == "1")
                let host = try #require(HostProcess(pid: getpid()))
                for name in ["mnt", "net", "ipc", "uts"] {
                    #expect(zygote.namespace(name) != host.namespace(name), "\(name)")
                }
                let environment = HostProcess.read("/proc/\(zygote.pid)/environ") ?? ""
                #expect(!environment.contains("must-not-reach-a-job"))
                let strange = zygote.descriptors.filter {
                    !$0.isEmpty && !$0.hasPrefix("pipe:") && !$0.hasPrefix("socket:")
                        && !$0.hasPrefix("anon_inode:") && !$0.hasPrefix("/memfd:codebox")
                        && $0 != "/dev/null"
                }
                #expect(strange.isEmpty, "\(language): \(strange)")
            }
        }

        @Test(
            "a zygote has a uid and a filter of its own, and a /proc in which it can change nothing"
        )
        func zygoteIsConfined() async throws {
            var uids: Set<String> = []
            for language in Self.languages {
                _ = try await forked(JobBody(language, language.hello))
                let zygote = try zygote(language)
                let ids = (zygote.status("Uid") ?? "").split(separator: "\t").map(String.init)
                let groups = (zygote.status("Gid") ?? "").split(separator: "\t").map(String.init)
                #expect(ids.count == 4 && Set(ids).count == 1 && ids.first != "0", "\(ids)")
                #expect(Set(groups).count == 1 && groups.first != "0", "\(groups)")
                #expect(zygote.status("Groups") == "")
                #expect(zygote.status("Seccomp") == "2")
                uids.formUnion(ids)
                let warden = try #require(try server.part(.warden))
                #expect(zygote.pidNamespace == warden.pidNamespace)
                if Installation.isRoot {
                    #expect(zygote.pidNamespace != HostProcess.link(getpid(), "ns/pid"))
                }
                let mounts = (HostProcess.read("/proc/\(zygote.pid)/mountinfo") ?? "")
                    .split(separator: "\n").map { $0.split(separator: " ") }
                let proc = mounts.filter { $0.count > 5 && $0[4].hasPrefix("/proc") }
                #expect(proc.contains { $0[4] == "/proc/sys" })
                #expect(proc.contains { $0[4] == "/proc/keys" || $0[4] == "/proc/kmsg" })
                for mount in proc { #expect(mount[5].hasPrefix("ro,"), "\(mount)") }
                #expect(try owner(ofSandboxOf: zygote) == ids.first.flatMap { uid_t($0) })
            }
            let expected = Installation.isRoot ? Self.languages.count : 1
            #expect(uids.count == expected, "zygotes share a uid: \(uids)")
        }

        /// The host uid that owns the user namespace of a waiting sandbox of the zygote's language.
        private func owner(ofSandboxOf zygote: HostProcess) throws -> uid_t {
            let warden = try #require(try server.part(.warden))
            let job = try #require(
                HostProcess.descendants(of: warden.pid).first {
                    $0.arguments == zygote.arguments && $0.pidNamespace != zygote.pidNamespace
                }, "no sandbox waits")
            let namespace = open("/proc/\(job.pid)/ns/user", O_RDONLY | O_CLOEXEC)
            defer { close(namespace) }
            var owner: uid_t = 0
            let getOwner: UInt = 0xb704  // NS_GET_OWNER_UID
            try #require(ioctl(namespace, getOwner, &owner) == 0)
            return owner
        }

        @Test("a hostile job sees no process but its own, and can signal, trace or read no other")
        func processes() async throws {
            let job = try await forked(
                JobBody(
                    .python,
                    program("zygote_processes.py")))
            #expect(job.outcome == "exited")
            let lines = job.stdout.text.split(separator: "\n").map(String.init)
            #expect(lines.first == "seen True")
            // With one id for all, a job can address its own PID 1, which takes no signal.
            let reached = Installation.isRoot ? "reached []" : "reached [('kill', 1)]"
            #expect(lines.dropFirst().first == reached)
            for pid in ["1", "0", "3"] {
                #expect(lines.contains("vm \(pid) -1"))
                #expect(lines.contains("trace \(pid) -1"))
            }
            #expect(!job.stdout.text.contains("opened"))
            #expect(lines.suffix(3) == ["parent 0", "alone", "alive"])
        }

        @Test("no descriptor, file offset or pipe is shared with another job", arguments: languages)
        func descriptors(_ language: Language) async throws {
            let body = JobBody(
                language,
                language.choose(
                    python: """
                        import os, sys
                        fds = {int(n) for n in os.listdir('/proc/self/fd')}
                        print(sorted(fd for fd in fds if fd < 3), sys.stdin.read(4))
                        for fd in (0, 1, 2):
                            stat = os.fstat(fd)
                            print(os.readlink(f'/proc/self/fd/{fd}').split(':')[0], stat.st_ino)
                        extra = sorted(fds - {0, 1, 2})
                        print('extra', len(extra))
                        """,
                    node: program("zygote_descriptors.js"), bash: "")
            ).with { $0.stdin = "abcdefgh" }
            let jobs = [try await forked(body), try await forked(body)]
            var inodes: [String] = []
            for job in jobs {
                let lines = job.stdout.text.split(separator: "\n").map(String.init)
                try #require(lines.count == 5, "\(job.stdout.text)\(job.stderr.text)")
                #expect(lines[0] == "[0, 1, 2] abcd")
                for line in lines[1...3] {
                    #expect(line.hasPrefix("pipe "))
                    inodes.append(line)
                }
                // Python's is the folder that it lists.
                #expect(lines[4] == (language == .python ? "extra 1" : "extra 0"))
            }
            #expect(Set(inodes).count == 6)
        }

        @Test("no mapping is shared, so that nothing written to memory reaches another job")
        func mappings() async throws {
            for language in Self.languages {
                let job = try await forked(
                    JobBody(
                        language,
                        language.choose(
                            python: "print(open('/proc/self/maps').read())",
                            node:
                                "console.log(require('fs').readFileSync('/proc/self/maps','utf8'))",
                            bash: "")))
                // A file of the read-only image, such as libc's index of character sets, can't be
                // written through a mapping.
                let shared = job.stdout.text.split(separator: "\n").filter {
                    let words = $0.split(separator: " ")
                    let isOfImage = words[1] == "r--s" && words.last?.hasPrefix("/usr/") == true
                    return words[1].hasSuffix("s") && !$0.contains("[v") && !isOfImage
                }
                #expect(shared.isEmpty, "\(language): \(shared)")
                #expect(!job.stdout.text.isEmpty)
            }
        }

        @Test("a job's memory holds no secret of the server's, nor of the job before it")
        func memory() async throws {
            let secret = "s3cr3t-" + UUID().uuidString
            let first = try await forked(
                JobBody(
                    .python,
                    "import os, sys\nkeep = [os.environ['TOKEN']] * 100\nprint(sys.argv[1])"
                )
                .with {
                    $0.env = ["TOKEN": secret]
                    $0.args = [secret]
                    $0.stdin = secret
                })
            #expect(first.stdout.text == secret + "\n")
            let scanner = program("zygote_memory.py")
            // Searched for without being sent: as hexadecimal of every byte with a bit flipped.
            func disguise(_ text: String) -> String {
                text.utf8.map { String(format: "%02x", $0 ^ 1) }.joined()
            }
            let control = try await forked(
                JobBody(.python, scanner).with {
                    $0.args = [disguise(secret)]
                    $0.env = ["HERE": secret]
                }.limited { $0.memoryBytes = 512 << 20 })
            #expect(control.stdout.text.hasPrefix("True "), "\(control.stderr.text)")
            let baseline = Int(control.stdout.text.dropFirst(5).dropLast()) ?? 0
            let second = try await forked(
                JobBody(.python, scanner).with {
                    $0.args = [disguise(secret), disguise("must-not-reach-a-job")]
                }.limited { $0.memoryBytes = 512 << 20 })
            // What it finds are its own needles, and copies it made of them while it searched.
            let found = Int(second.stdout.text.dropFirst(5).dropLast()) ?? .max
            #expect(second.stdout.text.hasPrefix("True "), "\(second.stderr.text)")
            #expect(baseline >= 1)
            #expect(found <= 2 * baseline, "\(found) of \(baseline)")
        }

        @Test("keyrings, abstract sockets and message queues lead nowhere")
        func channels() async throws {
            let job = try await forked(
                JobBody(
                    .python,
                    program("zygote_channels.py")))
            let lines = job.stdout.text.split(separator: "\n").map(String.init)
            #expect(lines == ["add_key -1", "keyctl -1", "unix 1", "reached 0"])
        }

        @Test("nothing random is the same in two jobs of one zygote")
        func randomness() async throws {
            let python = """
                import os, random, secrets, tempfile, uuid, ssl, hashlib
                print(random.random(), random.getrandbits(64), random.SystemRandom().random())
                print(secrets.token_hex(16)); print(uuid.uuid4()); print(uuid.uuid1().clock_seq)
                print(next(tempfile._get_candidate_names())); print(os.urandom(8).hex())
                print(ssl.RAND_bytes(8).hex())
                """
            let node = program("zygote_randomness.js")
            for (language, source) in [(Language.python, python), (.node, node)] {
                var seen: Set<String> = []
                var count = 0
                for _ in 0..<24 {
                    let job = try await forked(JobBody(language, source))
                    let lines = job.stdout.text.split(separator: "\n").map(String.init)
                    try #require(lines.count >= 6, "\(job.stderr.text)")
                    // uuid1's clock sequence has 14 bits: left to its own.
                    for line in lines where line.count > 6 {
                        seen.insert(line)
                        count += 1
                    }
                }
                #expect(seen.count == count, "\(language): \(count - seen.count) values came twice")
            }
        }

        #if arch(x86_64)
            @Test("no two jobs of one zygote have the same stack canary")
            func canaries() async throws {
                var seen: Set<String> = []
                for _ in 0..<4 {
                    let job = try await forked(JobBody(.python, program("zygote_canary.py")))
                    let found = job.stdout.text.split(whereSeparator: \.isWhitespace)
                    try #require(found.count == 3, "\(job.outcome ?? "") \(job.stderr.text)")
                    // The thread's own, what libc keeps of it, and a new thread's.
                    #expect(Set(found).count == 1 && found[0] != "0", "\(found)")
                    seen.formUnion(found.map(String.init))
                }
                #expect(seen.count == 4, "\(seen)")
                var drawn: Set<String> = []
                for _ in 0..<4 {
                    let job = try await forked(JobBody(.node, program("zygote_canary.js")))
                    let found = job.stdout.text.split(whereSeparator: \.isWhitespace)
                    try #require(found.count == 3, "\(job.outcome ?? "") \(job.stderr.text)")
                    #expect(found.dropFirst().allSatisfy { $0 == "true" })
                    drawn.insert(String(found[0]))
                }
                #expect(drawn.count == 4, "\(drawn)")
            }
        #endif

        @Test("what a job does to its interpreter is not seen by the next", arguments: languages)
        func traces(_ language: Language) async throws {
            let spoil = language.choose(
                python: """
                    import builtins, sys, json, os
                    builtins.spoiled = True; json.dumps = None; sys.path.insert(0, '/tmp')
                    open('/tmp/json.py', 'w').write('spoiled = 1'); os.environ['SPOILED'] = '1'
                    os.kill(-1, 0) if False else None
                    """,
                node: """
                    globalThis.spoiled = true; Array.prototype.map = null; process.env.SPOILED = '1'
                    require('fs').writeFileSync('/tmp/x', 'x'); JSON.stringify = null
                    """, bash: "")
            let look = language.choose(
                python: """
                    import builtins, json, os, sys
                    print(hasattr(builtins, 'spoiled'), json.dumps([1]), '/tmp' in sys.path,
                          os.listdir('/tmp'), 'SPOILED' in os.environ)
                    """,
                node: """
                    console.log(globalThis.spoiled, [1].map(x => x), JSON.stringify({}),
                      require('fs').readdirSync('/tmp').length, process.env.SPOILED)
                    """, bash: "")
            for _ in 0..<6 {
                #expect(try await forked(JobBody(language, spoil)).exitCode == 0)
                let job = try await forked(JobBody(language, look))
                let wanted = language.choose(
                    python: "False [1] False [] False\n", node: "undefined [ 1 ] {} 0 undefined\n",
                    bash: "")
                #expect(job.stdout.text == wanted, "\(job.stderr.text)")
            }
        }
    }
}
