/// Names every setting; the raw value is its key in the configuration file, where a dot is nesting.
///
/// What each means stands in ``SettingsTable``.
package enum SettingKey: String, CaseIterable, Sendable, Hashable {
    case host
    case port
    case dataDirectory = "data_dir"
    case runtimesDirectory = "runtimes_dir"
    case user
    case slots
    case maximumQueued = "max_queued"
    case maximumBodyBytes = "max_body_bytes"
    case maximumWaitSeconds = "max_wait_seconds"
    case maximumAttempts = "max_attempts"
    case leaseSeconds = "lease_seconds"
    case retentionSeconds = "retention_seconds"
    case shutdownGraceSeconds = "shutdown_grace_seconds"
    case zygotes
    case zygotesOff = "zygotes_off"
    case zygoteForks = "zygote_forks"
    case zygoteSeconds = "zygote_seconds"
    case warmPoolMinimum = "warm_pool.minimum"
    case warmPoolMaximum = "warm_pool.maximum"
    case warmPoolMemoryBytes = "warm_pool.memory_bytes"
    case warmPoolMaximumAgeSeconds = "warm_pool.max_age_seconds"
    case warmPoolShrinkAfterSeconds = "warm_pool.shrink_after_seconds"
    case sandboxesMemoryBytes = "sandboxes.memory_bytes"
    case sandboxesProcesses = "sandboxes.processes"
    case apiKeysFile = "api_keys_file"
    case logLevel = "log_level"
    case logFormat = "log_format"
    case ceilingWallMs = "limits.ceiling.wall_ms"
    case ceilingCpuMs = "limits.ceiling.cpu_ms"
    case ceilingMemoryBytes = "limits.ceiling.memory_bytes"
    case ceilingCpus = "limits.ceiling.cpus"
    case ceilingProcesses = "limits.ceiling.processes"
    case ceilingWorkspaceBytes = "limits.ceiling.workspace_bytes"
    case ceilingOpenFiles = "limits.ceiling.open_files"
    case ceilingOutputBytes = "limits.ceiling.output_bytes"

    static let ceilingPrefix = "limits.ceiling."

    /// The limit this caps, for a key under `limits.ceiling`.
    package var ceilingName: String? {
        rawValue.hasPrefix(Self.ceilingPrefix)
            ? String(rawValue.dropFirst(Self.ceilingPrefix.count)) : nil
    }

    /// Path of the key in the file, outermost first.
    package var components: [String] { rawValue.split(separator: ".").map(String.init) }

    /// `CODEBOX_DATA_DIR` for `data_dir`.
    package var environmentVariable: String {
        "CODEBOX_" + rawValue.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
    }

    /// The flag's long name without dashes; all ceilings share `ceiling`, given `NAME=VALUE`.
    package var flag: String {
        guard ceilingName == nil else { return "ceiling" }
        return String(rawValue.map { $0 == "_" || $0 == "." ? "-" : $0 })
    }

    /// The flag as a command line spells it, with this value.
    package func argument(_ value: String) -> String {
        guard let ceilingName else { return "--\(flag)=\(value)" }
        return "--\(flag)=\(ceilingName)=\(value)"
    }
}
