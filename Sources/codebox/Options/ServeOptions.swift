import ArgumentParser
import CodeBoxCLI
import CodeBoxCore

/// Every setting as a flag. None can be missing: the supervisor starts the server with all of them.
struct ServeOptions: ParsableArguments {
    @Option(name: .setting(.host), help: .setting(.host)) var host: String?
    @Option(name: .setting(.port), help: .setting(.port)) var port: String?
    @Option(name: .setting(.dataDirectory), help: .setting(.dataDirectory))
    var dataDirectory: String?
    @Option(name: .setting(.runtimesDirectory), help: .setting(.runtimesDirectory))
    var runtimesDirectory: String?
    @Option(name: .setting(.user), help: .setting(.user)) var user: String?
    @Option(name: .setting(.apiKeysFile), help: .setting(.apiKeysFile)) var apiKeysFile: String?
    @Option(name: .setting(.slots), help: .setting(.slots)) var slots: String?
    @Option(name: .setting(.maximumQueued), help: .setting(.maximumQueued))
    var maximumQueued: String?
    @Option(name: .setting(.maximumBodyBytes), help: .setting(.maximumBodyBytes))
    var maximumBodyBytes: String?
    @Option(name: .setting(.maximumWaitSeconds), help: .setting(.maximumWaitSeconds))
    var maximumWaitSeconds: String?
    @Option(name: .setting(.maximumAttempts), help: .setting(.maximumAttempts))
    var maximumAttempts: String?
    @Option(name: .setting(.leaseSeconds), help: .setting(.leaseSeconds))
    var leaseSeconds: String?
    @Option(name: .setting(.retentionSeconds), help: .setting(.retentionSeconds))
    var retentionSeconds: String?
    @Option(name: .setting(.shutdownGraceSeconds), help: .setting(.shutdownGraceSeconds))
    var shutdownGraceSeconds: String?
    @Option(name: .setting(.zygotes), help: .setting(.zygotes)) var zygotes: String?
    @Option(name: .setting(.zygotesOff), help: .setting(.zygotesOff)) var zygotesOff: String?
    @Option(name: .setting(.zygoteForks), help: .setting(.zygoteForks)) var zygoteForks: String?
    @Option(name: .setting(.zygoteSeconds), help: .setting(.zygoteSeconds))
    var zygoteSeconds: String?
    @Option(name: .setting(.warmPoolMinimum), help: .setting(.warmPoolMinimum))
    var warmPoolMinimum: String?
    @Option(name: .setting(.warmPoolMaximum), help: .setting(.warmPoolMaximum))
    var warmPoolMaximum: String?
    @Option(name: .setting(.warmPoolMemoryBytes), help: .setting(.warmPoolMemoryBytes))
    var warmPoolMemoryBytes: String?
    @Option(name: .setting(.warmPoolMaximumAgeSeconds), help: .setting(.warmPoolMaximumAgeSeconds))
    var warmPoolMaximumAgeSeconds: String?
    @Option(
        name: .setting(.warmPoolShrinkAfterSeconds), help: .setting(.warmPoolShrinkAfterSeconds))
    var warmPoolShrinkAfterSeconds: String?
    @Option(name: .setting(.sandboxesMemoryBytes), help: .setting(.sandboxesMemoryBytes))
    var sandboxesMemoryBytes: String?
    @Option(name: .setting(.sandboxesProcesses), help: .setting(.sandboxesProcesses))
    var sandboxesProcesses: String?
    @Option(name: .setting(.logLevel), help: .setting(.logLevel)) var logLevel: String?
    @Option(name: .setting(.logFormat), help: .setting(.logFormat)) var logFormat: String?
    @Option(
        name: .customLong("ceiling"),
        help: ArgumentHelp(
            "The most a job may ask for, e.g. wall_ms=120000 or memory_bytes=2GiB; "
                + "may be repeated.",
            valueName: "limit=value"))
    var ceilings: [String] = []

    func flags() throws(CodeBoxError) -> [SettingKey: String] {
        let given: [SettingKey: String?] = [
            .host: host, .port: port, .dataDirectory: dataDirectory,
            .runtimesDirectory: runtimesDirectory, .user: user, .apiKeysFile: apiKeysFile,
            .slots: slots, .maximumQueued: maximumQueued, .maximumBodyBytes: maximumBodyBytes,
            .maximumWaitSeconds: maximumWaitSeconds, .maximumAttempts: maximumAttempts,
            .leaseSeconds: leaseSeconds, .retentionSeconds: retentionSeconds,
            .shutdownGraceSeconds: shutdownGraceSeconds, .logLevel: logLevel,
            .logFormat: logFormat, .zygotes: zygotes, .zygotesOff: zygotesOff,
            .zygoteForks: zygoteForks, .zygoteSeconds: zygoteSeconds,
            .warmPoolMinimum: warmPoolMinimum, .warmPoolMaximum: warmPoolMaximum,
            .warmPoolMemoryBytes: warmPoolMemoryBytes,
            .warmPoolMaximumAgeSeconds: warmPoolMaximumAgeSeconds,
            .warmPoolShrinkAfterSeconds: warmPoolShrinkAfterSeconds,
            .sandboxesMemoryBytes: sandboxesMemoryBytes, .sandboxesProcesses: sandboxesProcesses,
        ]
        return try CeilingFlags.add(ceilings, to: given.compactMapValues { $0 })
    }
}
