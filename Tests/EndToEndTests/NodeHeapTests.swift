import Foundation
import Testing

extension EndToEnd {
    /// Node's heap follows the job's memory, in a way that no program sees, and gives way to what
    /// the program itself sets.
    ///
    /// Each test has a server of its own: the zygote of a size stays up for minutes.
    @Suite
    struct NodeHeapTests {
        static let leak = "const hold = []; for (;;) hold.push(new Array(1000).fill(hold.length));"

        /// Calls `check` with forked and exec'ed interpreters of jobs of each size.
        func each(
            mebibytes sizes: [Int], _ source: String, check: (JobAnswer, Int) throws -> Void
        ) async throws {
            try await withServer(environment: ["CODEBOX_ZYGOTES": "on"]) { server in
                for mebibytes in sizes {
                    for zygote in ["on", "off"] {
                        let body = JobBody(.node, source).with { $0.zygote = zygote }
                            .limited { $0.memoryBytes = mebibytes << 20 }
                        try check(try await run(body, on: server.api), mebibytes)
                    }
                }
            }
        }

        private func run(_ body: JobBody, on api: APIClient) async throws -> JobAnswer {
            // Each size has its own zygote, and the first jobs of a size find none.
            let late = try await remaining(after: .seconds(30)) { () -> String? in
                let isForked = try await api.run(body.with { $0.source = "" }).timings?.forked
                return isForked == (body.zygote == "on") ? nil : "no zygote of that size"
            }
            #expect(late == nil)
            let answer = try await api.run(body)
            #expect(answer.timings?.forked == (body.zygote == "on"))
            return answer
        }

        @Test("the heap is five quarters of the job's memory")
        func size() async throws {
            let source = """
                const { heap_size_limit } = require("v8").getHeapStatistics()
                console.log(heap_size_limit / 2 ** 20)
                """
            try await each(mebibytes: [64, 128, 512], source) { answer, mebibytes in
                let limit = try #require(Double(answer.stdout.text.dropLast()))
                // V8 rounds the size of the young generation.
                #expect((1.2...1.35).contains(limit / Double(mebibytes)))
            }
        }

        @Test("a program that leaks exceeds its memory")
        func leaking() async throws {
            try await each(mebibytes: [64, 128, 256, 512], Self.leak) { answer, _ in
                #expect(answer.outcome == "memory_exceeded")
            }
        }

        @Test("a worker that leaks within limits of its own ends alone")
        func worker() async throws {
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
            try await each(mebibytes: [128], source) { answer, _ in
                #expect(answer.outcome == "exited")
                #expect(answer.stdout.text == "ERR_WORKER_OUT_OF_MEMORY\n1\n")
            }
        }

        @Test("a worker that leaks without limits of its own exceeds the job's memory")
        func workerWithoutLimits() async throws {
            let source = """
                new (require("worker_threads").Worker)(`\(Self.leak)`, { eval: true })
                """
            try await each(mebibytes: [128], source) { answer, _ in
                #expect(answer.outcome == "memory_exceeded")
            }
        }

        @Test("a worker's garbage is collected before the job's memory runs out")
        func workersGarbage() async throws {
            let source = """
                const code = `
                    let live = []
                    for (let round = 0; round < 100; round++) {
                        const made = Array.from({ length: 50000 }, (_, n) => ({ n, text: "x" + n }))
                        live = made.slice(0, 2000)
                    }
                    console.log(live.length)`
                new (require("worker_threads").Worker)(code, { eval: true })
                """
            try await each(mebibytes: [128], source) { answer, _ in
                #expect(answer.outcome == "exited")
                #expect(answer.stdout.text == "2000\n")
            }
        }

        @Test("a program finds no descriptor of CodeBox")
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
            try await each(mebibytes: [128], source) { answer, _ in
                #expect(answer.stdout.text == "all\n")
            }
        }
    }
}
