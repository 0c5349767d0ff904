// swift-tools-version: 6.2
import PackageDescription

// Targets lie on floors, the folders of Sources. Imports run one way, up this list: `make lint`
// checks it. docs/architecture.md says what each target is for.
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

// A function that overruns an array on its stack ends its process. This needs a libc, which has
// `__stack_chk_fail` and the thread-local word that the check compares.
let guarded: [CSetting] = [.unsafeFlags(["-fstack-protector-strong"])]

// A debug build can leave out one layer of the sandbox, for the tests; see LayerSwitch.swift.
let switched: [CSetting] = [.define("CB_TEST_LAYERS", .when(configuration: .debug))]

// For code that is also linked without a libc.
let unguarded: [CSetting] = [.unsafeFlags(["-fno-stack-protector"])]

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
            "-L", "\(Context.packageDirectory)/Sources/Sandbox/CZygote/nolibs",
            "-Xclang-linker", "-Wno-unused-command-line-argument",
        ], .when(platforms: [.linux]))
]

// PID 1's program is not position-independent: without a libc, nothing would relocate its tables of
// addresses when it starts. It has no stack protector: `__stack_chk_fail` is libc's. It reads
// numbers from the warden, and no byte of a client.
let freestanding: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-nostartfiles", "-static-stdlib", "-Xclang-linker", "-static", "-Xclang-linker",
            "-nostdlib", "-Xlinker", "--gc-sections", "-Xlinker", "--build-id=none",
            "-Xclang-linker", "-Wno-unused-command-line-argument",
            "-L", "\(Context.packageDirectory)/Sources/Sandbox/CZygote/nolibs",
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

/// A target of Swift code, in `FOLDER/NAME`.
func module(_ name: String, in folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: strict)
}

/// The tests of a target, in `Tests/NAME`.
func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

// Products of other packages that several targets use.
let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "codebox",
    products: [
        .executable(name: "codebox", targets: ["codebox"]),
        .executable(name: "codebox-warden", targets: ["codebox-warden"]),
        .executable(name: "codebox-init", targets: ["codebox-init"]),
        .executable(name: "codebox-zygote-python", targets: ["codebox-zygote-python"]),
        .executable(name: "codebox-zygote-node", targets: ["codebox-zygote-node"]),
        .executable(name: "codebox-interfaces", targets: ["codebox-interfaces"]),
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
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
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
        // MARK: Base
        module("CodeBoxCore", in: "Sources/Base"),
        module("CodeBoxJSON", in: "Sources/Base"),
        // What the processes say to each other; part of PID 1's program, too.
        .target(name: "CWire", path: "Sources/Base/CWire", cSettings: cStrict + hidden + unguarded),
        // What Swift can't call.
        .target(
            name: "CLinux", dependencies: ["CWire"], path: "Sources/Base/CLinux",
            cSettings: cStrict + guarded + hidden),
        // What the warden, the server and the supervisor need of the operating system.
        module("CodeBoxSystem", in: "Sources/Base", ["CLinux", "CodeBoxCore"]),

        // MARK: Sandbox
        .systemLibrary(
            name: "CSeccomp", path: "Sources/Sandbox/CSeccomp", pkgConfig: "libseccomp",
            providers: [.apt(["libseccomp-dev"])]),
        module(
            "CodeBoxSeccomp", in: "Sources/Sandbox",
            ["CLinux", "CWire", "CSeccomp", "CodeBoxCore", "CodeBoxSystem"]),
        module("CodeBoxSandbox", in: "Sources/Sandbox", ["CodeBoxCore"]),
        // The server's side of the sandbox and root's: they share the messages of
        // CWire.h, and nothing else.
        module(
            "CodeBoxSandboxClient", in: "Sources/Sandbox",
            [
                "CLinux", "CWire", "CodeBoxCore", "CodeBoxSandbox", "CodeBoxSeccomp",
                "CodeBoxSystem", logging,
            ]),
        .target(
            name: "CodeBoxWarden",
            dependencies: ["CLinux", "CWire", "CodeBoxCore", "CodeBoxSeccomp", "CodeBoxSystem"],
            path: "Sources/Sandbox/CodeBoxWarden",
            resources: [
                .embedInCode("Policy/seccomp.policy"), .embedInCode("Policy/init.policy"),
                .embedInCode("Policy/warden.policy"), .embedInCode("Policy/zygote.policy"),
            ],
            swiftSettings: strict),
        // The only program that runs as root, but for the supervisor that starts it.
        .executableTarget(
            name: "codebox-warden",
            dependencies: ["CodeBoxCore", "CodeBoxSystem", "CodeBoxWarden"],
            path: "Sources/Sandbox/codebox-warden",
            swiftSettings: strict, linkerSettings: hardened),
        // What a job's process does before its program: part of PID 1's program and of zygotes.
        .target(
            name: "CJob", dependencies: ["CWire"], path: "Sources/Sandbox/CJob",
            cSettings: cStrict + hidden + unguarded + switched),
        // PID 1 of every sandbox: without Swift and without libc, whose start would take too long.
        .executableTarget(
            name: "codebox-init", dependencies: ["CJob", "CWire"],
            path: "Sources/Sandbox/codebox-init",
            cSettings: cStrict + unguarded + switched + [.unsafeFlags(["-ffreestanding"])],
            linkerSettings: freestanding),
        // What libc asks by netlink, for programs that may not.
        .target(
            name: "CInterfaces", path: "Sources/Sandbox/CInterfaces",
            cSettings: cStrict + guarded + hidden),
        .executableTarget(
            name: "codebox-interfaces", dependencies: ["CInterfaces"],
            path: "Sources/Sandbox/codebox-interfaces", cSettings: cStrict + guarded + hidden,
            linkerSettings: preloaded + hardened),
        .target(
            name: "CZygote", dependencies: ["CJob", "CLinux", "CWire"],
            path: "Sources/Sandbox/CZygote", exclude: ["nolibs"],
            cSettings: cStrict + guarded + hidden),
        .executableTarget(
            name: "codebox-zygote-python", dependencies: ["CInterfaces", "CZygote"],
            path: "Sources/Sandbox/codebox-zygote-python",
            exclude: ["environment.py", "preload.py", "warm.py"],
            cSettings: cStrict + guarded + hidden, linkerSettings: preloaded + hardened),
        .executableTarget(
            name: "codebox-zygote-node", dependencies: ["CInterfaces", "CWire", "CZygote"],
            path: "Sources/Sandbox/codebox-zygote-node",
            exclude: ["stage.js", "warm.js"], cSettings: cStrict + guarded + hidden,
            linkerSettings: preloaded + hardened),

        // MARK: Images
        module(
            "CodeBoxRuntimes", in: "Sources/Images",
            [
                "CodeBoxCore", crypto, yams,
            ]),

        // MARK: Jobs
        module("CodeBoxJobs", in: "Sources/Jobs", ["CodeBoxCore"]),
        module(
            "CodeBoxSQLite", in: "Sources/Jobs",
            [
                "CodeBoxCore", "CodeBoxJobs", grdb,
            ]),
        module(
            "CodeBoxWorker", in: "Sources/Jobs",
            [
                "CodeBoxCore", "CodeBoxJobs", "CodeBoxRuntimes", "CodeBoxSandbox", logging,
                serviceLifecycle,
            ]),

        // MARK: API
        module(
            "CodeBoxHTTP", in: "Sources/API",
            [
                "CodeBoxCore", "CodeBoxJSON", crypto, httpTypes, hummingbird, hummingbirdCore,
                logging, nioCore, nioHTTP1, nioHTTPTypes, nioSSL, serviceLifecycle,
            ]),
        .target(
            name: "CodeBoxAPI",
            dependencies: [
                "CodeBoxCore", "CodeBoxHTTP", "CodeBoxJSON", "CodeBoxJobs", "CodeBoxWorker",
                httpTypes, hummingbird, logging, nioCore,
            ], path: "Sources/API/CodeBoxAPI",
            // Joined into openapi.json by scripts/openapi.
            exclude: [
                "Batches/openapi.yaml", "Health/openapi.yaml", "Jobs/openapi.yaml",
                "Metrics/openapi.yaml", "OpenAPI/openapi.yaml", "Runs/openapi.yaml",
                "Runtimes/openapi.yaml",
            ],
            resources: [.embedInCode("OpenAPI/openapi.json")],
            swiftSettings: strict),

        // MARK: App
        module(
            "CodeBoxConfiguration", in: "Sources/App",
            [
                "CodeBoxCore", "CodeBoxSandbox", "CodeBoxWorker",
                .product(name: "Configuration", package: "swift-configuration"),
                yams,
            ]),
        // Starts, restarts and confines the processes of `codebox serve`.
        .target(
            name: "CodeBoxSupervisor",
            dependencies: [
                "CLinux", "CodeBoxConfiguration", "CodeBoxCore", "CodeBoxSandbox", "CodeBoxSeccomp",
                "CodeBoxSystem", "CodeBoxWarden",
            ], path: "Sources/App/CodeBoxSupervisor",
            resources: [.embedInCode("Confinement/server.policy")],
            swiftSettings: strict),
        module(
            "CodeBoxBenchmarking", in: "Sources/App",
            [
                "CodeBoxAPI", "CodeBoxCore", "CodeBoxRuntimes", "CodeBoxSandbox",
                "CodeBoxSandboxClient", "CodeBoxWarden",
            ]),
        .executableTarget(
            name: "codebox",
            dependencies: [
                "CLinux", "CodeBoxAPI", "CodeBoxConfiguration", "CodeBoxCore", "CodeBoxHTTP",
                "CodeBoxJobs", "CodeBoxRuntimes", "CodeBoxSandbox", "CodeBoxSandboxClient",
                "CodeBoxSeccomp", "CodeBoxSQLite", "CodeBoxSupervisor", "CodeBoxSystem",
                "CodeBoxWarden", "CodeBoxWorker",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                asyncHTTPClient, hummingbird, logging, nioCore,
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                nioHTTP1, nioPosix, serviceLifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], path: "Sources/App/codebox",
            swiftSettings: strict, linkerSettings: hardened),

        // MARK: Tests
        module("StoreConformance", in: "Tests", ["CodeBoxCore", "CodeBoxJobs"]),
        tests("CodeBoxCoreTests", ["CodeBoxCore"]),
        // Runs an interpreter in its image without CodeBox, for the tests that compare the two.
        .executableTarget(
            name: "bare-interpreter", path: "Tests/BareInterpreter", cSettings: cStrict),
        // Joins cgroups and installs filters for the tests, neither of which can be undone.
        .executableTarget(
            name: "sandbox-probe", path: "Tests/SandboxProbe", cSettings: cStrict),
        // The interpreter of a hostile image.
        .executableTarget(
            name: "hostile-interpreter", dependencies: ["CLinux", "CWire"],
            path: "Tests/HostileInterpreter", cSettings: cStrict, linkerSettings: statically),
        // A `prepare` step of a hostile image.
        .executableTarget(
            name: "hostile-preparation", path: "Tests/HostilePreparation", cSettings: cStrict,
            linkerSettings: statically),
        // Plays a server that was taken over, against a warden.
        .executableTarget(
            name: "played-server", dependencies: ["CLinux", "CWire", "CodeBoxCore"],
            path: "Tests/PlayedServer", swiftSettings: strict),
        // Wardens, probes and images for the tests of the sandbox's targets.
        module(
            "SandboxTestSupport", in: "Tests",
            [
                "CodeBoxCore", "CodeBoxSandbox", "CodeBoxSandboxClient", "CodeBoxSeccomp",
                "CodeBoxWarden", "CLinux", "CWire", "CSeccomp", logging,
            ]),
        tests("CodeBoxSystemTests", ["CodeBoxCore", "CodeBoxSystem"]),
        tests(
            "CodeBoxSeccompTests",
            ["CodeBoxCore", "CodeBoxSeccomp", "CodeBoxWarden", "CSeccomp", "SandboxTestSupport"]),
        tests(
            "CodeBoxSandboxClientTests",
            [
                "CodeBoxCore", "CodeBoxSandbox", "CodeBoxSandboxClient", "SandboxTestSupport",
                logging,
            ]),
        tests(
            "CodeBoxWardenTests",
            [
                "CodeBoxCore", "CodeBoxSandbox", "CodeBoxSandboxClient", "CodeBoxSeccomp",
                "CodeBoxSystem", "CodeBoxWarden", "CLinux", "CSeccomp", "CWire",
                "SandboxTestSupport",
            ]),
        tests("CodeBoxRuntimesTests", ["CodeBoxCore", "CodeBoxRuntimes"]),
        tests("CodeBoxJobsTests", ["CodeBoxCore", "CodeBoxJobs", "StoreConformance"]),
        tests(
            "CodeBoxSQLiteTests",
            [
                "CodeBoxCore", "CodeBoxJobs", "CodeBoxSQLite", "StoreConformance", grdb,
            ]),
        tests(
            "CodeBoxWorkerTests",
            [
                "CodeBoxCore", "CodeBoxJobs", "CodeBoxRuntimes", "CodeBoxSandbox", "CodeBoxSQLite",
                "CodeBoxWorker", logging, serviceLifecycle,
            ]),
        // Foundation's opinion of JSON.
        module("JSONOracle", in: "Tests"),
        tests("CodeBoxJSONTests", ["CodeBoxJSON", "JSONOracle"]),
        tests(
            "CodeBoxHTTPTests",
            [
                "CodeBoxCore", "CodeBoxHTTP", httpTypes, hummingbird, hummingbirdCore,
                logging, nioCore, nioHTTPTypes,
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ]),
        tests(
            "CodeBoxAPITests",
            [
                "CodeBoxAPI", "CodeBoxCore", "CodeBoxHTTP", "CodeBoxJSON", "CodeBoxJobs",
                "CodeBoxWorker", "JSONOracle", httpTypes, hummingbird,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                logging, nioCore, nioPosix, nioSSL,
            ]),
        tests(
            "CodeBoxConfigurationTests",
            ["CodeBoxConfiguration", "CodeBoxCore", "CodeBoxSandbox", "CodeBoxWorker"]),
        tests(
            "CodeBoxSupervisorTests",
            ["CodeBoxCore", "CodeBoxSeccomp", "CodeBoxSupervisor", "SandboxTestSupport"]),
        tests("codeboxTests", ["codebox", "CodeBoxConfiguration", "CodeBoxCore"]),
        // Random bytes for the parsers in Swift; those in C are in Tests/Fuzz.
        tests(
            "FuzzTests",
            [
                "CodeBoxAPI", "CodeBoxCore", "CodeBoxJSON", "CodeBoxRuntimes", nioCore,
            ]),
        // Confines itself as the server does, and then tries what it is told to.
        .executableTarget(
            name: "server-probe",
            dependencies: ["CLinux", "CodeBoxSeccomp", "CodeBoxSupervisor"],
            path: "Tests/ServerProbe", swiftSettings: strict),
        // Drives the built `codebox` binary over HTTP and the command line.
        tests(
            "EndToEndTests",
            [
                "CodeBoxCore", "CodeBoxWarden", asyncHTTPClient, nioCore, nioHTTP1,
            ],
            exclude: ["Programs"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17
)
