import Foundation
import Testing

extension EndToEnd {
    /// A namespace of its own with nothing but loopback, which is up.
    @Suite(.server)
    struct NetworkIsolationTests {
        @Test("loopback is the only interface, and it is up")
        func onlyLoopback() async throws {
            let found = try await probe(
                program("network_only_loopback.py"))
            #expect(found == [["lo"], true, 0])
        }

        @Test(
            "a server inside can be reached inside",
            arguments: Language.allCases.filter { $0 != .bash })
        func loopbackWorks(_ language: Language) async throws {
            let source = language.choose(
                python: """
                    import socket, threading
                    s = socket.create_server(('127.0.0.1', 0))
                    def serve():
                        c, _ = s.accept(); c.sendall(b'pong'); c.close()
                    t = threading.Thread(target=serve); t.start()
                    print(socket.create_connection(s.getsockname()).recv(10).decode()); t.join()
                    """,
                node: program("network_loopback_works.js"), bash: "")
            let job = try await run(JobBody(language, source))
            #expect(job.stderr.text == "")
            #expect(job.stdout.text == "pong\n")
        }

        @Test("there is no way out, by address, by name or to the host's loopback")
        func noWayOut() async throws {
            let port = try #require(Int(try server.api.base.split(separator: ":").last ?? ""))
            let found = try await probe(
                """
                import socket
                def connect(family, address):
                    s = socket.socket(family, socket.SOCK_STREAM)
                    s.settimeout(3)
                    s.connect(address)
                def datagram(address):
                    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', address)
                print(json.dumps([
                    attempt(lambda: connect(socket.AF_INET, ('127.0.0.1', \(port)))),
                    attempt(lambda: connect(socket.AF_INET, ('192.0.2.1', 80))),
                    attempt(lambda: connect(socket.AF_INET, ('169.254.169.254', 80))),
                    attempt(lambda: connect(socket.AF_INET6, ('2001:db8::1', 80))),
                    attempt(lambda: datagram(('192.0.2.1', 53))),
                    attempt(lambda: datagram(('255.255.255.255', 9))),
                    attempt(lambda: socket.getaddrinfo('example.invalid', 80)),
                ]))
                """)
            let answers = try #require(found.array)
            #expect(answers.count == 7)
            for answer in answers { #expect(answer != .null, "\(found.text)") }
            #expect(answers[0] == "ECONNREFUSED")
        }

        @Test("raw, packet and other unusual sockets are refused")
        func unusualSockets() async throws {
            let found = try await probe(
                program("network_unusual_sockets.py"))
            #expect(found.object?.count == 12)
            for (kind, answer) in found.object ?? [:] {
                let refusal: JSONValue = kind.hasPrefix("raw") ? "EPERM" : "EAFNOSUPPORT"
                #expect(answer == refusal, "\(kind): \(answer.text)")
            }
        }

        @Test("no netlink socket can be opened, of any protocol")
        func netlink() async throws {
            let found = try await probe(
                """
                import socket
                answers = {attempt(lambda: socket.socket(16, kind, protocol))
                    for kind in (1, 2, 3, 5) for protocol in range(32)}
                pairs = attempt(lambda: socket.socketpair(16, 3, 0))
                print(json.dumps([sorted(map(str, answers)), pairs]))
                """)
            #expect(found.array?.first == ["EAFNOSUPPORT"])
            #expect(["EPERM", "EAFNOSUPPORT", "EOPNOTSUPP"].contains(found.array?.last))
        }

        @Test(
            "programs list loopback without netlink, and so do their children",
            arguments: Language.allCases.filter { $0 != .bash }, [true, false])
        func interfaces(_ language: Language, _ forked: Bool) async throws {
            let source = language.choose(
                python: program("network_interfaces.py"), node: program("network_interfaces.js"),
                bash: "")
            // Each is read at the interpreter's start: a job that sets one is exec'ed.
            let variable = language.choose(
                python: "PYTHONHASHSEED", node: "NODE_NO_WARNINGS", bash: "")
            let job = try await run(
                JobBody(language, source).with { $0.env = forked ? nil : [variable: "1"] })
            #expect(job.stderr.text == "")
            let line = language.choose(
                python: "[(1, 'lo')] 1 lo\n", node: "lo 127.0.0.1/8 true, lo ::1/128 true\n",
                bash: "")
            #expect(job.stdout.text == line + line)
        }

        @Test("the host's abstract sockets are out of reach")
        func abstractSockets() async throws {
            let name = "codebox-e2e-\(UInt32.random(in: 0 ... .max))"
            let listener = try AbstractListener(name: name)
            let found = try await probe(
                """
                import socket
                s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                sockets = len(open('/proc/net/unix').readlines()) - 1
                print(json.dumps([attempt(lambda: s.connect('\\0\(name)')), sockets]))
                """)
            #expect(found.array?.first == "ECONNREFUSED")
            listener.close()
        }
    }
}
