package import CodeBoxCore
package import CodeBoxSandbox
package import CodeBoxWorker

/// The settings in force, typed. Each field is described by a row of ``rows``.
package struct Settings: Sendable, Hashable {
    package var host = ""
    package var port = 0
    package var dataDirectory = ""
    package var runtimesDirectory = ""
    /// Empty unless root.
    package var user = ""
    package var apiKeysFile: String?
    /// Both or neither.
    package var tlsCertificateFile: String?
    package var tlsKeyFile: String?
    package var maximumBodyBytes = 0
    package var requestMemoryBytes = 0
    package var maximumConnections = 0
    package var maximumConnectionsPerAddress = 0
    package var maximumWaitSeconds = 0.0
    // One server at a time works on a store, so every start takes over the leases of this name.
    package var engine = JobEngine.Options(workerName: "server")
    package var pool = WarmPoolPolicy()
    /// For all sandboxes together; nil leaves the choice to the warden.
    package var sandboxesMemoryBytes: Int?
    package var sandboxesProcesses: Int?
    package var sandboxesCPUWeight = 0
    package var restrictsSpeculation = false
    /// By which the kernel's memory may grow while jobs run, bytes.
    package var kernelMemoryBudget = 0
    /// `reuse` or `fresh`.
    package var networkNamespaces = "reuse"
    package var zygotes = true
    /// Names or aliases of runtimes.
    package var zygotesOff: [String] = []
    /// Whether results list the system calls that the sandbox refused. There are no zygotes then.
    package var tellsRefusals = false
    /// Whether jobs may be forked from zygotes.
    package var forksJobs: Bool { zygotes && !tellsRefusals }
    package var logLevel = ""
    package var logFormat = ""
    package var ceiling = Limits.standardCeiling
    /// All settings as flags, for a process that must see exactly these.
    package private(set) var arguments: [String] = []

    /// The time that running jobs have to finish after SIGTERM.
    package var shutdownGraceSeconds: Double { engine.graceSeconds }

    /// Fields without a value yet.
    init() {}

    /// - Parameter resolved: one entry for each row.
    /// - Throws: `internalError` if a row and its field disagree, which the rows' tests rule out.
    package init(_ resolved: [ResolvedSetting]) throws(CodeBoxError) {
        for setting in resolved {
            guard setting.row.store(setting.value, in: &self) else {
                throw CodeBoxError(.internalError, "the setting \(setting.key) has another type")
            }
        }
        guard (tlsCertificateFile == nil) == (tlsKeyFile == nil) else {
            throw CodeBoxError(
                .configurationInvalid,
                "tls_certificate_file and tls_key_file belong together: give both, or neither",
                field: "tls_certificate_file")
        }
        // A user who lowers the maximum need not know the default of the minimum.
        pool.minimum = min(pool.minimum, pool.maximum)
        arguments = resolved.filter { !$0.text.isEmpty }.map { $0.row.argument($0.text) }
    }

    /// Every setting there is. A default may depend on rows above its own.
    package static let rows: [Setting] = serving + working + warming + logging + ceilings

    /// - Returns: nil if there is no such setting.
    package static func row(_ key: String) -> Setting? {
        rows.first { $0.key == key }
    }

    private static let serving: [Setting] = [
        Setting(
            \.host, "host", .text, default: "127.0.0.1",
            "Address to listen on. Any address but loopback requires api_keys_file."),
        Setting(
            \.port, "port", .integer(0...65_535), default: "8080",
            "TCP port to listen on. 0 takes a free port, prints it and writes it to run/port in "
                + "data_dir."),
        Setting(
            \.dataDirectory, "data_dir", .path,
            default: .host(
                note: "/var/lib/codebox as root, else $XDG_DATA_HOME/codebox or "
                    + "~/.local/share/codebox"
            ) { $0.dataDirectory },
            "Folder for images (images/), the job store (db/) and sockets (run/, warden/)."),
        Setting(
            \.runtimesDirectory, "runtimes_dir", .path,
            default: .host(note: "runtimes beside the executable, or in ../share/codebox") {
                $0.runtimesDirectory
            },
            "Folder of runtime definitions, used by `codebox runtime`. The current folder is not "
                + "looked at."),
        Setting(
            \.user, "user", .text,
            default: .host(note: "codebox as root; `codebox serve` creates it if it is missing") {
                $0.serviceUser
            },
            "User that the server runs as when root starts CodeBox; ignored otherwise. Must be "
                + "neither root nor nobody."),
        Setting(
            \.apiKeysFile, "api_keys_file", .path, default: .none(note: "none"),
            "File of API keys, one per line; # begins a comment. Only its owner may be able to "
                + "read it. When set, every request must carry a key. `zygote=off` after a key "
                + "gives each job submitted with it a fresh interpreter."),
        Setting(
            \.tlsCertificateFile, "tls_certificate_file", .path, default: .none(note: "none"),
            "The server's certificate in PEM, with those between it and a root. The server then "
                + "speaks HTTPS only. It reads the file again when it changes; its user must be "
                + "able to read it."),
        Setting(
            \.tlsKeyFile, "tls_key_file", .path, default: .none(note: "none"),
            "The key of tls_certificate_file, in PEM, without a password."),
        Setting(
            \.maximumBodyBytes, "max_body_bytes", .bytes(1024...(1 << 30)), default: "16MiB",
            "Largest request body. Larger ones are answered with 413."),
        Setting(
            \.requestMemoryBytes, "request_memory_bytes", .bytes((1 << 20)...(1 << 40)),
            default: .derived(note: "128MiB, or eight times max_body_bytes if that is more") {
                String(max(128 << 20, 8 * $0.maximumBodyBytes))
            },
            "Most memory for bodies of requests, also of those that wait or run, and for "
                + "responses. A body counts twice. Further ones are answered with 503. At least "
                + "four times max_body_bytes is used."),
        Setting(
            \.maximumConnections, "max_connections", .integer(8...65_536), default: "1024",
            "Connections that are open at the same time. When there are more, the one that is "
                + "idle longest is closed; if none is idle, new ones wait."),
        Setting(
            \.maximumConnectionsPerAddress, "max_connections_per_address", .integer(1...65_536),
            default: .derived(note: "half of max_connections") {
                String(max(1, $0.maximumConnections / 2))
            },
            "Connections that one client address may have open. Raise it to max_connections when "
                + "all clients come through one proxy."),
        Setting(
            \.maximumWaitSeconds, "max_wait_seconds", .seconds(0...3600), default: "60",
            "Longest time that a request may wait for a job to finish."),
        Setting(
            \.engine.graceSeconds, "shutdown_grace_seconds", .seconds(0...86_400), default: "30",
            "How long running jobs may take to finish after SIGTERM. Jobs that still run then "
                + "return to the queue."),
    ]

    private static let working: [Setting] = [
        Setting(
            \.engine.slots, "slots", .integer(1...4096),
            default: .host(note: "2 × processors") { String(2 * $0.processors) },
            "Jobs that run at the same time."),
        Setting(
            \.engine.maximumQueued, "max_queued", .integer(1...10_000_000), default: "10000",
            "Stored jobs that may wait. Further ones are answered with 429."),
        Setting(
            \.engine.maximumWaitingRuns, "max_waiting_runs", .integer(1...1_000_000),
            default: "256",
            "Direct runs that may wait for a slot. Further ones are answered with 429."),
        Setting(
            \.engine.maximumBatches, "max_batches", .integer(1...10_000), default: "32",
            "Batches that may run at the same time. Further ones are answered with 429."),
        Setting(
            \.engine.maximumAttempts, "max_attempts", .integer(1...10), default: "2",
            "How often a job may be started. An interruption by a crash of CodeBox counts."),
        Setting(
            \.engine.leaseSeconds, "lease_seconds", .seconds(1...3600), default: "30",
            "How long a running job stays with a worker that no longer answers."),
        Setting(
            \.engine.retentionSeconds, "retention_seconds", .seconds(1...(3650 * 86_400)),
            default: "7d", "How long finished jobs are kept."),
        Setting(
            \.sandboxesMemoryBytes, "sandboxes.memory_bytes", .bytes((64 << 20)...(1 << 46)),
            default: .none(note: "nine tenths of the machine's memory"),
            "Most memory that all sandboxes and zygotes together may use."),
        Setting(
            \.sandboxesProcesses, "sandboxes.processes", .integer(64...4_194_304),
            default: .none(note: "half of what the kernel has room for"),
            "Most processes and threads that all sandboxes together may have."),
        Setting(
            \.sandboxesCPUWeight, "sandboxes.cpu_weight", .integer(1...10_000), default: "100",
            "What all sandboxes together get of a busy core beside the server, the warden and "
                + "other cgroups, which have 100."),
        Setting(
            \.restrictsSpeculation, "sandboxes.restrict_speculation", .toggle, default: "off",
            "Whether the processor's speculation past stores and indirect branches is turned off "
                + "for jobs: slower, but some Spectre-like leaks between jobs are closed."),
        Setting(
            \.kernelMemoryBudget, "kernel_memory_budget", .bytes((16 << 20)...(1 << 46)),
            default: "256MiB",
            "How much the machine's kernel memory that can't be reclaimed may grow while jobs run. "
                + "Beyond it, the job that holds most of it ends as `kernel_memory_exceeded`."),
        Setting(
            \.tellsRefusals, "denied_syscalls", .toggle, default: "off",
            "Whether results list the system calls that the sandbox refused (`denied_syscalls`). "
                + "For a while, not for good: no job is forked then, and from the 129th on a job "
                + "makes at most 250 refused calls a second."),
        Setting(
            \.networkNamespaces, "sandboxes.network_namespaces", .choice(["reuse", "fresh"]),
            default: "reuse",
            "Whether a job may get the network namespace of an earlier job that opened no socket, "
                + "or always a new one, which costs each job some 0.9 ms of CPU time."),
    ]

    private static let warming: [Setting] = [
        Setting(
            \.zygotes, "zygotes", .toggle, default: "on",
            "Whether jobs are forked from a warm interpreter of their runtime. When off, each job "
                + "starts an interpreter: slower, but with its own address layout."),
        Setting(
            \.zygotesOff, "zygotes_off", .list, default: .none(note: "none"),
            "Runtimes whose jobs always start an interpreter, separated by commas."),
        Setting(
            \.pool.zygoteForks, "zygote_forks", .integer(1...1_000_000_000), default: "50000",
            "Forks after which a zygote is replaced, and with it the address layout that its jobs "
                + "share."),
        Setting(
            \.pool.zygoteSeconds, "zygote_seconds", .seconds(1...(30 * 86_400)), default: "1h",
            "Time after which a zygote is replaced."),
        Setting(
            \.pool.minimum, "warm_pool.minimum", .integer(0...10_000),
            default: .host(note: "2 × processors") { String(2 * $0.processors) },
            "Sandboxes that wait for each runtime, if memory and the maximum permit."),
        Setting(
            \.pool.maximum, "warm_pool.maximum", .integer(0...10_000),
            default: .derived(note: "slots or the minimum, at least 32") {
                String(max(32, $0.engine.slots, $0.pool.minimum))
            },
            "Most sandboxes that wait for a runtime after demand has risen. 0 keeps none."),
        Setting(
            \.pool.memoryBytes, "warm_pool.memory_bytes", .bytes(0...(1 << 40)),
            default: "256MiB", "Memory that all waiting sandboxes together may use."),
        Setting(
            \.pool.maximumAgeSeconds, "warm_pool.max_age_seconds", .seconds(1...(30 * 86_400)),
            default: "10m", "Time after which a waiting sandbox is replaced."),
        Setting(
            \.pool.shrinkAfterSeconds, "warm_pool.shrink_after_seconds", .seconds(0.1...86_400),
            default: "10", "A pool that had too many sandboxes for this long shrinks by one."),
    ]

    private static let logging: [Setting] = [
        Setting(
            \.logLevel, "log_level",
            .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            default: "info", "Least severe event that is logged to stderr."),
        Setting(
            \.logFormat, "log_format", .choice(["text", "json"]), default: "text",
            "Form of each logged line: text, or a JSON object."),
    ]

    private static let ceilings = LimitField.allCases.map { Setting(ceilingOf: $0) }
}
