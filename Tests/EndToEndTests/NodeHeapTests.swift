import Foundation
import Testing

extension EndToEnd {
    /// Node's heap follows the job's memory, in a way that no program sees, and gives way to what
    /// the program itself sets.
    @Suite(.server(environment: ["CODEBOX_ZYGOTES": "on", "CODEBOX_SLOTS": "2"]))
    struct NodeHeapTests {
        static let modes = ["on", "off"]
        static let leak = "const hold = []; for (;;) hold.push(new Array(1000).fill(hold.length));"

        /// Runs a job in a forked interpreter, or in one that is exec'ed.
        func run(_ source: String, mebibytes: Int, zygote: String) async throws -> JobAnswer {
            let body = JobBody(.node, source).with { $0.zygote = zygote }
                .limited { $0.memoryBytes = mebibytes << 20 }
            // Each size has its own zygote, and the first jobs of a size find none.
            let late = try await remaining(after: .seconds(30)) { () -> String? in
                let probe = body.with { $0.source = "" }
                let isForked = try await server.api.run(probe).timings?.forked
                return isForked == (zygote == "on") ? nil : "no zygote of \(mebibytes) MiB"
            }
            #expect(late == nil)
            let answer = try await server.api.run(body)
            #expect(answer.timings?.forked == (zygote == "on"))
            return answer
        }

        @Test("the heap is five quarters of the job's memory", arguments: [64, 128, 512], modes)
        func size(_ mebibytes: Int, _ zygote: String) async throws {
            let source = """
                const { heap_size_limit } = require("v8").getHeapStatistics()
                console.log(heap_size_limit / 2 ** 20)
                """
            let answer = try await run(source, mebibytes: mebibytes, zygote: zygote)
            let limit = try #require(Double(answer.stdout.text.dropLast()))
            // V8 rounds the size of the young generation.
            #expect((1.2...1.35).contains(limit / Double(mebibytes)))
        }

        @Test("a program that leaks exceeds its memory", arguments: [64, 128, 256, 512], modes)
        func leaking(_ mebibytes: Int, _ zygote: String) async throws {
            let answer = try await run(Self.leak, mebibytes: mebibytes, zygote: zygote)
            #expect(answer.outcome == "memory_exceeded")
        }

        @Test("a worker that leaks within limits of its own ends alone", arguments: modes)
        func worker(_ zygote: String) async throws {
            let source = """
                const { Worker } = require("worker_threads")
                // In steps: node itself aborts now and then if a worker allocates without a pause.
                const leak = `
                    const hold = []
                    const step = () => {
                        for (let i = 0; i < 100; i++) hold.push(new Array(1000).fill(i))
                        setImmediate(step)
                    }
                    step()`
                new Worker(leak, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } })
                    .on("error", (error) => console.log(error.code))
                    .on("exit", (code) => console.log(code))
                """
            let answer = try await run(source, mebibytes: 128, zygote: zygote)
            #expect(answer.outcome == "exited")
            #expect(answer.stdout.text == "ERR_WORKER_OUT_OF_MEMORY\n1\n")
        }

        @Test("a worker without limits of its own has the job's", arguments: modes)
        func workerWithoutLimits(_ zygote: String) async throws {
            let leaking = """
                new (require("worker_threads").Worker)(`\(Self.leak)`, { eval: true })
                """
            let answer = try await run(leaking, mebibytes: 128, zygote: zygote)
            #expect(answer.outcome == "memory_exceeded")
            let wasteful = """
                const code = `
                    let live = []
                    for (let round = 0; round < 100; round++) {
                        const made = Array.from({ length: 50000 }, (_, n) => ({ n, text: "x" + n }))
                        live = made.slice(0, 2000)
                    }
                    console.log(live.length)`
                new (require("worker_threads").Worker)(code, { eval: true })
                """
            let answered = try await run(wasteful, mebibytes: 128, zygote: zygote)
            #expect(answered.outcome == "exited")
            #expect(answered.stdout.text == "2000\n")
        }

        @Test("an exec'ed program finds no descriptor that it does not know")
        func descriptors() async throws {
            let source = """
                const fs = require("fs")
                for (const name of fs.readdirSync("/proc/self/fd"))
                    try {
                        const link = fs.readlinkSync("/proc/self/fd/" + name)
                        if (/memfd|codebox/.test(link)) console.log(name, link)
                    } catch {}
                console.log("all")
                """
            for zygote in Self.modes {
                let answer = try await run(source, mebibytes: 128, zygote: zygote)
                #expect(answer.stdout.text == "all\n")
            }
        }
    }
}
