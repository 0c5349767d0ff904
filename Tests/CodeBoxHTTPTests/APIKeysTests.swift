import CodeBoxCore
import Logging
import Testing

@testable import CodeBoxHTTP

@Suite struct APIKeysTests {
    @Test("a key file is read line by line, without comments and blank lines")
    func fileText() throws {
        let keys = try APIKeys(
            fileText: "# grader\n0123456789abcdef\r\n\n  fedcba9876543210\n#0000000000000000\n")
        #expect(keys.options(of: "0123456789abcdef") == APIKeyOptions())
        #expect(keys.options(of: "fedcba9876543210") == APIKeyOptions())
        #expect(keys.options(of: "0000000000000000") == nil)
        #expect(keys.options(of: "#0000000000000000") == nil)
        #expect(keys.options(of: "") == nil)
        #expect(keys.options(of: "0123456789abcde") == nil)
    }

    @Test("a key's options stand behind it, and of a key given twice the stricter hold")
    func options() throws {
        let keys = try APIKeys(
            fileText: """
                0123456789abcdef\tzygote=off
                fedcba9876543210 zygote=on
                aaaaaaaaaaaaaaaa
                aaaaaaaaaaaaaaaa  zygote=off
                """)
        #expect(keys.options(of: "0123456789abcdef")?.ownInterpreter == true)
        #expect(keys.options(of: "fedcba9876543210")?.ownInterpreter == false)
        #expect(keys.options(of: "aaaaaaaaaaaaaaaa")?.ownInterpreter == true)
    }

    @Test(
        "a key file with a bad key, or none, is refused, naming the line",
        arguments: [
            ("short\n", "line 1"), ("0123456789abcdef\n0123456789 abcdef", "line 2"),
            ("ööööööööööööööööö", "line 1"),
            ("\n0123456789abcdef zygote=of", "line 2"), ("0123456789abcdef x0123456789", "line 1"),
            ("# none\n\n", "holds no key"), ("", "holds no key"),
        ])
    func badFile(text: String, expected: String) {
        let error = #expect(throws: CodeBoxError.self) { try APIKeys(fileText: text) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.message.contains(expected) == true)
        #expect(error?.message.contains("0123456789") == false)
    }

    @Test(
        "loopback hosts are told by their form alone",
        arguments: [
            ("127.0.0.1", true), ("127.255.0.9", true), ("localhost", true), ("LocalHost", true),
            ("::1", true), ("[::1]", true), ("0.0.0.0", false), ("::", false), ("", false),
            ("10.0.0.1", false), ("127.0.0.1.example.org", false), ("127.1", false),
            ("127.0.0.256", false), ("127.0.0.01", false), ("localhost.example.org", false),
            ("example.org", false), ("::ffff:10.0.0.1", false), ("128.0.0.1", false),
        ])
    func loopback(host: String, isLoopback: Bool) throws {
        #expect(LoopbackRule.isLoopback(host) == isLoopback)
        if isLoopback {
            try LoopbackRule.checkBind(host: host, keys: APIKeys())
        } else {
            let error = #expect(throws: CodeBoxError.self) {
                try LoopbackRule.checkBind(host: host, keys: APIKeys())
            }
            #expect(error?.code == .configurationInvalid)
        }
        try LoopbackRule.checkBind(host: host, keys: try APIKeys(["0123456789abcdef"]))
    }

    @Test("an API for strangers can't be made without keys")
    func initialiser() {
        #expect(throws: CodeBoxError.self) {
            let service = ScriptedJobService()
            _ = try CodeBoxAPI(
                runs: service, jobs: service, status: service,
                options: APIOptions(host: "0.0.0.0", version: "1"), logger: .init(label: "test"))
        }
    }
}
