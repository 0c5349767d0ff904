import CodeBoxCore
import CodeBoxSandbox
import CSandbox
import Foundation
import Testing

@Suite("probe", .serialized)
struct LatencyProbe {
    @Test func probe() async throws {
        let env = ["PATH": "/usr/bin", "HOME": "/workspace", "LANG": "C.UTF-8"]
        let key = WarmPoolKey(image: try Support.digest("python"), zygote: ZygoteSetting(kind: .python, command: ["/usr/bin/python3", "main.py"], environment: env, preload: ["json"]), limits: .standard)
        try await Support.withWarden(policy: WarmPoolPolicy(minimum: 8, maximum: 32)) { client in
            client.keepWarm([key])
            for _ in 0..<500 {
                let s = await client.statistics()
                if s.pools.first.map({ $0.waiting >= 8 }) == true { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            let p = SandboxProgram(command: ["/usr/bin/python3", "main.py"], environment: env, files: [JobFile(path: "main.py", content: Array("print(1)".utf8))], mayContinue: true)
            let spec = SandboxSpec(image: key.image, limits: key.limits, pools: [key])
            for (gap, n) in [(20, 150), (0, 600)] {
                var all: [(Int, SandboxReport)] = []
                let t0 = cb_now_ns()
                for _ in 0..<n {
                    let t = cb_now_ns()
                    let r = try await client.run(p, in: spec, onOutput: nil)
                    all.append((Int((cb_now_ns() - t) / 1000), r))
                    if gap > 0 { try await Task.sleep(for: .milliseconds(gap)) }
                }
                let secs = Double(cb_now_ns() - t0) / 1e9
                func m(_ f: ((Int, SandboxReport)) -> Int, _ q: Double = 0.5) -> Int { all.map(f).sorted()[Int(Double(all.count - 1) * q)] }
                print("gap \(gap): total p50 \(m { $0.0 }) p90 \(m({ $0.0 }, 0.9)) p99 \(m({ $0.0 }, 0.99)) acquire \(m { $0.1.acquireUs }) startup \(m { $0.1.startupUs }) run \(m { $0.1.runUs }) finish \(m { $0.1.finishUs }) cold \(all.count { $0.1.isCold }) forked \(all.count { $0.1.isForked }) \(Double(n) / secs)/s")
            }
            let t0 = cb_now_ns()
            var lat: [Int] = []
            var cold = 0
            try await withThrowingTaskGroup(of: (Int, Bool).self) { g in
                func add() { g.addTask { let t = cb_now_ns(); let r = try await client.run(p, in: spec, onOutput: nil); return (Int((cb_now_ns() - t) / 1000), r.isCold) } }
                for _ in 0..<8 { add() }
                var left = 992
                for try await (l, c) in g { lat.append(l); if c { cold += 1 }; if left > 0 { left -= 1; add() } }
            }
            lat.sort()
            print("8 in flight: p50 \(lat[lat.count / 2]) p99 \(lat[lat.count * 99 / 100]) cold \(cold) \(1000 / (Double(cb_now_ns() - t0) / 1e9))/s")
            print(await client.statistics())
        }
    }
}
