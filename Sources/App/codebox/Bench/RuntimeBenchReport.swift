import CodeBoxConfiguration

/// What `codebox runtime bench` prints.
struct RuntimeBenchReport: Encodable {
    private struct Row: Encodable {
        var way: RuntimeBenchmark.Way
        var p50Us: Int
        var p95Us: Int

        enum CodingKeys: String, CodingKey {
            case way
            case p50Us = "p50_us"
            case p95Us = "p95_us"
        }
    }

    private struct Import: Encodable {
        var module: String
        var execP50Us: Int
        var execP95Us: Int
        var forkedP50Us: Int
        var forkedP95Us: Int

        enum CodingKeys: String, CodingKey {
            case module
            case execP50Us = "exec_p50_us"
            case execP95Us = "exec_p95_us"
            case forkedP50Us = "forked_p50_us"
            case forkedP95Us = "forked_p95_us"
        }
    }

    private let runtime: String
    private let test: String
    private let runs: Int
    private let ways: [Row]
    private let imports: [Import]
    private let importsAre: String?

    private enum CodingKeys: String, CodingKey {
        case runtime, test, runs, ways, imports
    }

    init(
        runtime: String, test: String,
        ways: [(way: RuntimeBenchmark.Way, durations: Durations)],
        imports: (costs: ImportCosts, found: [ImportCosts.Cost])?
    ) {
        self.runtime = runtime
        self.test = test
        runs = ways.first?.durations.count ?? 0
        self.ways = ways.map {
            Row(
                way: $0.way, p50Us: $0.durations.percentile(0.5) ?? 0,
                p95Us: $0.durations.percentile(0.95) ?? 0)
        }
        self.imports = (imports?.found ?? []).map { cost in
            Import(
                module: cost.module, execP50Us: cost.exec.percentile(0.5) ?? 0,
                execP95Us: cost.exec.percentile(0.95) ?? 0,
                forkedP50Us: cost.forked.percentile(0.5) ?? 0,
                forkedP95Us: cost.forked.percentile(0.95) ?? 0)
        }
        importsAre = imports?.costs.explanation
    }

    func lines() -> [String] {
        var table = TextTable(["WAY", "P50", "P95", "WHAT"])
        for row in ways {
            table.add([
                row.way.rawValue, Self.time(row.p50Us), Self.time(row.p95Us), row.way.explanation,
            ])
        }
        var lines = ["\(runtime): test '\(test)', \(runs) runs in each way", ""] + table.lines()
        guard let importsAre else { return lines }
        lines += ["", "imports, in this order (\(importsAre))", ""]
        var costs = TextTable(["MODULE", "EXEC P50", "EXEC P95", "FORKED P50", "FORKED P95"])
        for row in imports {
            costs.add(
                [row.module]
                    + [row.execP50Us, row.execP95Us, row.forkedP50Us, row.forkedP95Us].map(
                        Self.time))
        }
        costs.add([
            "sum of P50", Self.time(imports.reduce(0) { $0 + $1.execP50Us }), "",
            Self.time(imports.reduce(0) { $0 + $1.forkedP50Us }),
        ])
        return lines + costs.lines()
    }

    private static func time(_ microseconds: Int) -> String {
        "\(TimeSpan(microseconds: microseconds))"
    }
}
