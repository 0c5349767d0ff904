// swift-tools-version: 6.2
import PackageDescription

// Imports run one way, down this list; see docs/architecture.md.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let cStrict: [CSetting] = [
    .define("_GNU_SOURCE"),
    .treatAllWarnings(as: .error),
]

// A function that overruns an array on its stack ends its process. Where there is a libc, which has
// `__stack_chk_fail`, and the thread-local word that the check compares.
let guarded: [CSetting] = [.unsafeFlags(["-fstack-protector-strong"])]

// The tables of addresses that a program calls through are filled at its start and then read-only.
// Executables are position-independent as it is: Swift's driver links them so.
let hardened: [LinkerSetting] = [
    .unsafeFlags(
        ["-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now"],
        .when(platforms: [.linux]))
]

// No name of ours may stand in for one of an interpreter's, or it would be called in its place.
let hidden: [CSetting] = [.unsafeFlags(["-fvisibility=hidden"])]

// A shared object that an interpreter is started with: SwiftPM has no such product without Swift's
// libraries in it, so it is an executable that is linked otherwise.
let preloaded: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-nostartfiles", "-static-stdlib", "-Xclang-linker", "-shared", "-Xclang-linker",
            "-nodefaultlibs", "-Xlinker", "-lc",
            // In place of libraries that Swift's driver always asks for and images may not have.
            "-L", "\(Context.packageDirectory)/Sources/CZygote/nolibs",
            "-Xclang-linker", "-Wno-unused-command-line-argument",
        ], .when(platforms: [.linux]))
]

// Neither position-independent nor hardened otherwise: without a libc nobody would relocate it at its
// start, and it has tables of addresses; nor is there a `__stack_chk_fail`. It takes numbers from the
// warden and no byte of a client's.
let freestanding: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-nostartfiles", "-static-stdlib", "-Xclang-linker", "-static", "-Xclang-linker",
            "-nostdlib", "-Xlinker", "--gc-sections", "-Xlinker", "--build-id=none",
            "-Xclang-linker", "-Wno-unused-command-line-argument",
            "-L", "\(Context.packageDirectory)/Sources/CZygote/nolibs",
        ], .when(platforms: [.linux]))
]

// With libc, and nothing that a loader would add.
let statically: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-stdlib", "-Xclang-linker", "-static",
            "-Xclang-linker", "-Wno-unused-command-line-argument",
        ], .when(platforms: [.linux]))
]

let package = Package(
    name: "codebox",
    products: [
        .executable(name: "codebox", targets: ["codebox"]),
        .executable(name: "codebox-init", targets: ["codebox-init"]),
        .executable(name: "codebox-zygote-python", targets: ["codebox-zygote-python"]),
        .executable(name: "codebox-zygote-node", targets: ["codebox-zygote-node"]),
        // For Benchmarks/Package.swift alone: the only public interface there is.
        .library(name: "CodeBoxBenchmarking", targets: ["CodeBoxBenchmarking"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", exact: "1.4.0",
            traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(
            url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .target(name: "CodeBoxCore", swiftSettings: strict),
        .target(name: "CClone", cSettings: cStrict + guarded + hidden),
        .target(
            name: "CSandbox", dependencies: ["CClone"], cSettings: cStrict + guarded + hidden),
        .systemLibrary(
            name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .target(
            name: "CodeBoxSandbox",
            dependencies: [
                "CodeBoxCore", "CSandbox", "CSeccomp",
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [
                .embedInCode("Policy/seccomp.policy"), .embedInCode("Policy/init.policy"),
                .embedInCode("Policy/warden.policy"), .embedInCode("Policy/zygote.policy"),
                .embedInCode("Policy/server.policy"),
            ],
            swiftSettings: strict),
        .target(
            name: "CodeBoxRuntimes",
            dependencies: [
                "CodeBoxCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .target(name: "CodeBoxJobs", dependencies: ["CodeBoxCore"], swiftSettings: strict),
        .target(
            name: "CodeBoxSQLite",
            dependencies: [
                "CodeBoxCore", "CodeBoxJobs",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "CodeBoxWorker",
            dependencies: [
                "CodeBoxCore", "CodeBoxJobs", "CodeBoxRuntimes", "CodeBoxSandbox",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .target(
            name: "CodeBoxHTTP",
            dependencies: [
                "CodeBoxCore", "CodeBoxJobs", "CodeBoxWorker",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            resources: [.embedInCode("OpenAPI/openapi.json")],
            swiftSettings: strict),
        .target(
            name: "CodeBoxBenchmarking",
            dependencies: ["CodeBoxCore", "CodeBoxHTTP", "CodeBoxRuntimes", "CodeBoxSandbox"],
            swiftSettings: strict),
        // System calls of the supervisor, the server's start and the doctor.
        .target(name: "CProcess", cSettings: cStrict + guarded),
        // The parts of the executable that can be tested without running it.
        .target(
            name: "CodeBoxCLI",
            dependencies: [
                "CProcess", "CodeBoxCore",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "codebox",
            dependencies: [
                "CProcess", "CodeBoxCLI", "CodeBoxCore", "CodeBoxHTTP", "CodeBoxJobs",
                "CodeBoxRuntimes", "CodeBoxSandbox", "CodeBoxSQLite", "CodeBoxWorker",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict, linkerSettings: hardened),
        // What a job's process does on its way to its program: part of PID 1's program and of zygotes.
        // Only the headers of CSandbox: its code calls a libc, which PID 1 has not, and a stack
        // protector would.
        .target(
            name: "CJob",
            cSettings: cStrict + hidden + [
                .headerSearchPath("../CSandbox/include"),
                .unsafeFlags(["-fno-stack-protector"]),
            ]),
        .target(
            name: "CZygote", dependencies: ["CClone", "CJob", "CSandbox"], exclude: ["nolibs"],
            cSettings: cStrict + guarded + hidden),
        .executableTarget(
            name: "codebox-zygote-python", dependencies: ["CZygote"],
            cSettings: cStrict + guarded + hidden, linkerSettings: preloaded + hardened),
        .executableTarget(
            name: "codebox-zygote-node", dependencies: ["CZygote"],
            exclude: ["stage.js", "warm.js"], cSettings: cStrict + guarded + hidden,
            linkerSettings: preloaded + hardened),
        // PID 1 of every sandbox: without Swift and without libc, for whose start there is no time.
        .executableTarget(
            name: "codebox-init", dependencies: ["CJob"],
            cSettings: cStrict + [
                .headerSearchPath("../CSandbox/include"),
                .unsafeFlags(["-ffreestanding", "-fno-stack-protector"]),
            ],
            linkerSettings: freestanding),
        .target(
            name: "StoreConformance", dependencies: ["CodeBoxCore", "CodeBoxJobs"],
            path: "Tests/StoreConformance", swiftSettings: strict),
        .testTarget(name: "CodeBoxCoreTests", dependencies: ["CodeBoxCore"], swiftSettings: strict),
        // Runs an interpreter in its image without CodeBox, for the tests that compare the two.
        .executableTarget(
            name: "bare-interpreter", path: "Tests/BareInterpreter", cSettings: cStrict),
        // Joins cgroups and installs filters for the tests, neither of which can be undone.
        .executableTarget(
            name: "sandbox-probe", path: "Tests/SandboxProbe", cSettings: cStrict),
        // The interpreter of a hostile image.
        .executableTarget(
            name: "hostile-interpreter", path: "Tests/HostileInterpreter", cSettings: cStrict,
            linkerSettings: statically),
        // Plays a server that was taken over, against a warden.
        .executableTarget(
            name: "played-server", dependencies: ["CSandbox"], path: "Tests/PlayedServer",
            swiftSettings: strict),
        .testTarget(
            name: "CodeBoxSandboxTests",
            dependencies: ["CodeBoxCore", "CodeBoxSandbox", "CSandbox", "CSeccomp"],
            swiftSettings: strict),
        .testTarget(
            name: "CodeBoxRuntimesTests", dependencies: ["CodeBoxCore", "CodeBoxRuntimes"],
            swiftSettings: strict),
        .testTarget(
            name: "CodeBoxJobsTests",
            dependencies: ["CodeBoxCore", "CodeBoxJobs", "StoreConformance"],
            swiftSettings: strict),
        .testTarget(
            name: "CodeBoxSQLiteTests",
            dependencies: [
                "CodeBoxCore", "CodeBoxJobs", "CodeBoxSQLite", "StoreConformance",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CodeBoxWorkerTests",
            dependencies: [
                "CodeBoxCore", "CodeBoxJobs", "CodeBoxRuntimes", "CodeBoxSandbox", "CodeBoxSQLite",
                "CodeBoxWorker",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CodeBoxHTTPTests",
            dependencies: [
                "CodeBoxCore", "CodeBoxHTTP", "CodeBoxJobs", "CodeBoxWorker",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CodeBoxCLITests", dependencies: ["CodeBoxCLI", "CodeBoxCore"],
            swiftSettings: strict),
        // Confines itself as the server does, and then tries what it is told to.
        .executableTarget(
            name: "server-probe", dependencies: ["CProcess", "CodeBoxCLI", "CodeBoxSandbox"],
            path: "Tests/ServerProbe", swiftSettings: strict),
        // Drives the built `codebox` binary over HTTP and the command line.
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CodeBoxCore",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17
)
