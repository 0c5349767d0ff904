import CodeBoxCore
import CodeBoxSandbox
import CodeBoxSandboxClient
import CodeBoxWarden
import Foundation
import SandboxTestSupport
import Testing

@Suite("Node's zygotes", .serialized, .timeLimit(.minutes(10)))
struct NodeZygoteTests {
    /// Each start takes a second or two of CPU, so `make test` makes some and `make test-all` 40.
    private static let starts =
        ProcessInfo.processInfo.environment["CODEBOX_NODE_STARTS"].flatMap(Int.init) ?? 12

    private static let heapMiB = 128

    /// Exits with the number of threads that it has at its end beside its own.
    private static let program = SandboxProgram(
        command: ["/usr/bin/node", "main.js"],
        environment: ["HOME": "/workspace", "LANG": "C.UTF-8", "PATH": "/usr/bin"],
        files: [
            JobFile(
                path: "main.js",
                content: Array(
                    """
                    console.log('hello');
                    process.on('exit', () => {
                      const threads = require('fs').readdirSync('/proc/self/task');
                      process.exitCode = threads.length - 1;
                    });
                    """.utf8))
        ],
        mayFork: true, heapMiB: heapMiB)

    private func startWarden() throws -> WardenTrial {
        let launch = try Support.warden(
            WardenOptions(
                socketFD: 3, lifelineFD: 4, imagesDirectory: "\(Support.dataDirectory)/images",
                initPath: try Support.beside("codebox-init")))
        return try WardenTrial { descriptors, output throws(CodeBoxError) in
            try launch.start(descriptors: descriptors, output: output)
        }
    }

    /// V8 hands work to threads when it collects garbage or compiles, and does both after so many
    /// allocations and calls. A zygote right before that point passes it on to all its programs.
    @Test("small programs wake none of node's threads, whatever start their zygote had")
    func wakesNoThread() throws {
        let image = try Support.digest("node")
        for start in 0..<Self.starts {
            let warden = try startWarden()
            defer { warden.end() }
            // Every other zygote has loaded what removes types, too, which is more code.
            let setting = ZygoteSetting(
                kind: .node, heapMiB: Self.heapMiB, warmUps: UInt32(start % 2))
            let zygote = try warden.startZygote(of: image, setting)
            for _ in 0..<2 {
                let sandbox = try warden.make(image: image, limits: .standard, zygote: zygote)
                #expect(throws: Never.self, "start \(start)") {
                    try warden.run(Self.program, in: sandbox, limits: .standard)
                }
                try warden.awaitRemoval()
            }
        }
    }

    /// The test above would see a thread that is woken.
    @Test("a program that uses node's threads is seen to have them")
    func seesThreads() throws {
        let image = try Support.digest("node")
        let warden = try startWarden()
        defer { warden.end() }
        let zygote = try warden.startZygote(
            of: image, ZygoteSetting(kind: .node, heapMiB: Self.heapMiB))
        let sandbox = try warden.make(image: image, limits: .standard, zygote: zygote)
        var program = Self.program
        program.files[0].content.insert(
            contentsOf: Array("require('fs').readFile('/dev/null', () => {});\n".utf8), at: 0)
        let error = #expect(throws: CodeBoxError.self) {
            try warden.run(program, in: sandbox, limits: .standard)
        }
        #expect(error?.message.contains("the program ended with status") == true)
    }
}
