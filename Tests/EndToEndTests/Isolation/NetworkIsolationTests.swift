import Foundation
import Testing

extension EndToEnd {
    /// A namespace of its own with nothing but loopback, which is up.
    @Suite(.server)
    struct NetworkIsolationTests {
        @Test("loopback is the only interface, and it is up")
        func onlyLoopback() async throws {
            let found = try await probe(
                """
                import socket, fcntl, struct
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                flags = struct.unpack('16sH14s', fcntl.ioctl(s, 0x8913, struct.pack('16sH14s', b'lo', 0, b'')))[1]
                dev = [l.split(':')[0].strip() for l in open('/proc/net/dev').readlines()[2:]]
                routes = len(open('/proc/net/route').readlines()) - 1
                print(json.dumps([dev, bool(flags & 1), routes]))
                """)
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
                node: """
                    const http = require('http')
                    const s = http.createServer((q, r) => r.end('pong')).listen(0, '127.0.0.1', async () => {
                      console.log(await (await fetch(`http://127.0.0.1:${s.address().port}/`)).text())
                      s.close(); s.closeAllConnections()
                    })
                    """, bash: "")
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
                    s = socket.socket(family, socket.SOCK_STREAM); s.settimeout(3); s.connect(address)
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
                """
                import socket
                wanted = {'raw': (2, 3, 1), 'raw6': (10, 3, 58), 'packet': (17, 3, 768), 'vsock': (40, 1, 0),
                    'alg': (38, 5, 0), 'bluetooth': (31, 3, 0), 'can': (29, 3, 1), 'xdp': (44, 3, 0),
                    'tipc': (30, 2, 0), 'rds': (21, 5, 0), 'kcm': (41, 2, 0), 'x25': (9, 5, 0)}
                print(json.dumps({k: attempt(lambda: socket.socket(*v)) for k, v in wanted.items()}))
                """)
            #expect(found.object?.count == 12)
            for (kind, answer) in found.object ?? [:] {
                #expect(
                    ["EPERM", "EACCES", "EAFNOSUPPORT"].contains(answer), "\(kind): \(answer.text)")
            }
        }

        @Test("the host's abstract sockets are out of reach")
        func abstractSockets() async throws {
            let name = "codebox-e2e-\(UInt32.random(in: 0 ... .max))"
            let listener = try AbstractListener(name: name)
            let found = try await probe(
                """
                import socket
                s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                print(json.dumps([attempt(lambda: s.connect('\\0\(name)')), len(open('/proc/net/unix').readlines()) - 1]))
                """)
            #expect(found.array?.first == "ECONNREFUSED")
            listener.close()
        }
    }
}
