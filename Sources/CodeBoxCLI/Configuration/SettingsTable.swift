import CodeBoxCore

/// Every setting there is: the one place from which parsing, `codebox config`, the flags' help and
/// the documentation are made.
package struct SettingsTable: Sendable {
    package var rows: [SettingDescription]

    /// The table for a machine: some defaults depend on who runs CodeBox and where.
    package init(host: HostFacts) {
        rows =
            Self.serving(host) + Self.working(host) + Self.warming(host) + Self.logging
            + Self.ceilings
    }

    package func row(_ key: SettingKey) -> SettingDescription? {
        rows.first { $0.key == key }
    }

    private static func serving(_ host: HostFacts) -> [SettingDescription] {
        [
            SettingDescription(
                .host, .text, default: "127.0.0.1",
                "Address to listen on. Anything but loopback needs api_keys_file."),
            SettingDescription(
                .port, .integer(0...65_535), default: "8080",
                "TCP port to listen on; 0 takes a free one, which is printed and written to "
                    + "run/port in data_dir."),
            SettingDescription(
                .dataDirectory, .path, default: host.dataDirectory,
                note: "/var/lib/codebox as root, else $XDG_DATA_HOME/codebox or "
                    + "~/.local/share/codebox",
                "Folder of images (images/), the job store (db/) and sockets (run/)."),
            SettingDescription(
                .runtimesDirectory, .path, default: host.runtimesDirectory,
                note: "./runtimes, else runtimes beside the executable",
                "Folder of runtime definitions, used by `codebox runtime`."),
            SettingDescription(
                .user, .text, default: host.serviceUser,
                note: "codebox as root, which `codebox serve` makes if it is missing",
                "User the server runs as when CodeBox is started by root; ignored otherwise. "
                    + "Neither root nor nobody."),
            SettingDescription(
                .apiKeysFile, .path, default: "", note: "none",
                "File of API keys, one a line, with zygote=off behind it for jobs that shall each "
                    + "start an interpreter of their own; # begins a comment; readable by its "
                    + "owner only. "
                    + "When set, every request must carry a key."),
            SettingDescription(
                .maximumBodyBytes, .bytes(1024...(1 << 30)), default: "16MiB",
                "Largest request body; beyond it the answer is 413."),
            SettingDescription(
                .maximumWaitSeconds, .seconds(0...3600), default: "60",
                "Longest time a request may wait for a job to finish."),
            SettingDescription(
                .shutdownGraceSeconds, .seconds(0...86_400), default: "30",
                "After SIGTERM, how long running jobs may take to finish; what still runs then "
                    + "goes back to the queue."),
        ]
    }

    private static func working(_ host: HostFacts) -> [SettingDescription] {
        [
            SettingDescription(
                .slots, .integer(1...4096), default: String(2 * host.processors),
                note: "twice the processors",
                "Jobs that run at the same time."),
            SettingDescription(
                .maximumQueued, .integer(1...10_000_000), default: "10000",
                "Jobs that may wait; beyond it the answer is 429."),
            SettingDescription(
                .maximumAttempts, .integer(1...10), default: "2",
                "How often a job may be started, interruptions by a crash of CodeBox included."),
            SettingDescription(
                .leaseSeconds, .seconds(1...3600), default: "30",
                "How long a running job stays with a worker that no longer answers."),
            SettingDescription(
                .sandboxesMemoryBytes, .bytes((64 << 20)...(1 << 46)), default: "",
                note: "nine tenths of the machine's memory",
                "Most memory that all sandboxes and warm interpreters take together."),
            SettingDescription(
                .sandboxesProcesses, .integer(64...4_194_304), default: "",
                note: "half of what the kernel has room for",
                "Most processes and threads of all sandboxes together."),
            SettingDescription(
                .retentionSeconds, .seconds(1...(3650 * 86_400)), default: "7d",
                "How long finished jobs are kept."),
        ]
    }

    private static func warming(_ host: HostFacts) -> [SettingDescription] {
        [
            SettingDescription(
                .zygotes, .toggle, default: "on",
                "Whether interpreters are forked from a warm one of their runtime, or each job "
                    + "starts its own: slower, but with an address layout of its own."),
            SettingDescription(
                .zygotesOff, .list, default: "", note: "none",
                "Runtimes whose jobs each start an interpreter of their own all the same, with "
                    + "commas between."),
            SettingDescription(
                .zygoteForks, .integer(1...1_000_000_000), default: "50000",
                "Forks after which a zygote is replaced, and with it the address layout that its "
                    + "jobs share."),
            SettingDescription(
                .zygoteSeconds, .seconds(1...(30 * 86_400)), default: "1h",
                "Time after which a zygote is replaced."),
            SettingDescription(
                .warmPoolMinimum, .integer(0...10_000), default: String(2 * host.processors),
                note: "twice the processors",
                "Sandboxes kept waiting for each runtime, memory and the maximum permitting."),
            SettingDescription(
                .warmPoolMaximum, .integer(0...10_000), default: "",
                note: "slots or the minimum, at least 32",
                "Most that wait for a runtime after demand has risen; 0 keeps none at all."),
            SettingDescription(
                .warmPoolMemoryBytes, .bytes(0...(1 << 40)), default: "256MiB",
                "Memory that all waiting sandboxes may take together."),
            SettingDescription(
                .warmPoolMaximumAgeSeconds, .seconds(1...(30 * 86_400)), default: "10m",
                "A sandbox that has waited so long is replaced."),
            SettingDescription(
                .warmPoolShrinkAfterSeconds, .seconds(0.1...86_400), default: "10",
                "A pool that had more waiting than it needed for so long shrinks by one."),
        ]
    }

    private static let logging: [SettingDescription] = [
        SettingDescription(
            .logLevel,
            .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            default: "info", "Least severe event that is logged (to stderr)."),
        SettingDescription(
            .logFormat, .choice(["text", "json"]), default: "text",
            "One line of text, or one JSON object a line."),
    ]

    private static let ceilings: [SettingDescription] = {
        let most = Limits.standardCeiling
        let least = Limits.floor
        return [
            SettingDescription(
                .ceilingWallMs, .integer(least.wallMs...86_400_000), default: "\(most.wallMs)",
                "Most real time a job may ask for, milliseconds."),
            SettingDescription(
                .ceilingCpuMs, .integer(least.cpuMs...86_400_000), default: "\(most.cpuMs)",
                "Most CPU time, milliseconds, all processes together."),
            SettingDescription(
                .ceilingMemoryBytes, .bytes(least.memoryBytes...(1 << 40)), default: "1GiB",
                "Most memory."),
            SettingDescription(
                .ceilingCpus, .decimal(least.cpus...1024), default: "4",
                "Most CPU bandwidth."),
            SettingDescription(
                .ceilingProcesses, .integer(least.processes...100_000),
                default: "\(most.processes)", "Most processes and threads at one time."),
            SettingDescription(
                .ceilingWorkspaceBytes, .bytes(least.workspaceBytes...(1 << 40)),
                default: "512MiB", "Largest workspace and /tmp, each."),
            SettingDescription(
                .ceilingOpenFiles, .integer(least.openFiles...1_048_576),
                default: "\(most.openFiles)", "Most open files per process."),
            SettingDescription(
                .ceilingOutputBytes, .bytes(least.outputBytes...(1 << 30)), default: "16MiB",
                "Most output kept of stdout and of stderr, each."),
        ]
    }()
}
