// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds CodeBox builds the benchmark library.
// `make bench-micro` runs it; the whole service is measured by startup.py beside this.
let package = Package(
    name: "codebox-benchmarks",
    platforms: [.macOS(.v13)],
    dependencies: [
        .package(name: "codebox", path: ".."),
        // No traits: its counters of allocations need libraries that a server need not have.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "HotPath",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "CodeBoxBenchmarking", package: "codebox"),
            ],
            path: "Benchmarks/HotPath",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ],
    swiftLanguageModes: [.v6]
)
