package import CodeBoxCore

/// The settings in force, typed. ``SettingsTable`` says what each means.
package struct Settings: Sendable, Hashable {
    package var host: String
    package var port: Int
    package var dataDirectory: String
    package var runtimesDirectory: String
    /// Empty unless root.
    package var user: String
    package var slots: Int
    package var maximumQueued: Int
    package var maximumBodyBytes: Int
    package var maximumWaitSeconds: Double
    package var maximumAttempts: Int
    package var leaseSeconds: Double
    package var retentionSeconds: Double
    package var shutdownGraceSeconds: Double
    package var zygotes: Bool
    /// Names or aliases of runtimes.
    package var zygotesOff: [String]
    package var zygoteForks: Int
    package var zygoteSeconds: Double
    package var warmPoolMinimum: Int
    package var warmPoolMaximum: Int
    package var warmPoolMemoryBytes: Int
    package var warmPoolMaximumAgeSeconds: Double
    package var warmPoolShrinkAfterSeconds: Double
    /// Of all sandboxes together; nil leaves it to the warden.
    package var sandboxesMemoryBytes: Int?
    package var sandboxesProcesses: Int?
    package var apiKeysFile: String?
    package var logLevel: String
    package var logFormat: String
    package var ceiling: Limits
    /// All of them as flags, for a process that shall see exactly these.
    package var arguments: [String]

    /// - Parameter resolved: one entry for each key.
    /// - Throws: `internalError` if a key is missing, which the table's tests rule out.
    package init(_ resolved: [ResolvedSetting]) throws(CodeBoxError) {
        let values = Values(resolved)
        host = try values.text(.host)
        port = try values.integer(.port)
        dataDirectory = try values.text(.dataDirectory)
        runtimesDirectory = try values.text(.runtimesDirectory)
        user = try values.text(.user)
        slots = try values.integer(.slots)
        maximumQueued = try values.integer(.maximumQueued)
        maximumBodyBytes = try values.integer(.maximumBodyBytes)
        maximumWaitSeconds = try values.decimal(.maximumWaitSeconds)
        maximumAttempts = try values.integer(.maximumAttempts)
        leaseSeconds = try values.decimal(.leaseSeconds)
        retentionSeconds = try values.decimal(.retentionSeconds)
        shutdownGraceSeconds = try values.decimal(.shutdownGraceSeconds)
        zygotes = try values.boolean(.zygotes)
        zygotesOff = try values.list(.zygotesOff)
        zygoteForks = try values.integer(.zygoteForks)
        zygoteSeconds = try values.decimal(.zygoteSeconds)
        let minimum = try values.integer(.warmPoolMinimum)
        warmPoolMaximum = try values.given(.warmPoolMaximum) ?? max(32, slots, minimum)
        // Whoever lowers the maximum need not know of the minimum's default.
        warmPoolMinimum = min(minimum, warmPoolMaximum)
        warmPoolMemoryBytes = try values.integer(.warmPoolMemoryBytes)
        warmPoolMaximumAgeSeconds = try values.decimal(.warmPoolMaximumAgeSeconds)
        warmPoolShrinkAfterSeconds = try values.decimal(.warmPoolShrinkAfterSeconds)
        sandboxesMemoryBytes = try values.given(.sandboxesMemoryBytes)
        sandboxesProcesses = try values.given(.sandboxesProcesses)
        let keys = try values.text(.apiKeysFile)
        apiKeysFile = keys.isEmpty ? nil : keys
        logLevel = try values.text(.logLevel)
        logFormat = try values.text(.logFormat)
        ceiling = Limits(
            wallMs: try values.integer(.ceilingWallMs), cpuMs: try values.integer(.ceilingCpuMs),
            memoryBytes: try values.integer(.ceilingMemoryBytes),
            cpus: try values.decimal(.ceilingCpus),
            processes: try values.integer(.ceilingProcesses),
            workspaceBytes: try values.integer(.ceilingWorkspaceBytes),
            openFiles: try values.integer(.ceilingOpenFiles),
            outputBytes: try values.integer(.ceilingOutputBytes))
        arguments = resolved.filter { !$0.text.isEmpty }.map { $0.key.argument($0.text) }
    }

    private struct Values {
        private let byKey: [SettingKey: SettingValue]

        init(_ resolved: [ResolvedSetting]) {
            byKey = Dictionary(resolved.map { ($0.key, $0.value) }) { first, _ in first }
        }

        func text(_ key: SettingKey) throws(CodeBoxError) -> String {
            guard case .text(let value) = byKey[key] else { throw missing(key) }
            return value
        }

        func integer(_ key: SettingKey) throws(CodeBoxError) -> Int {
            guard case .integer(let value) = byKey[key] else { throw missing(key) }
            return value
        }

        func decimal(_ key: SettingKey) throws(CodeBoxError) -> Double {
            guard case .decimal(let value) = byKey[key] else { throw missing(key) }
            return value
        }

        func boolean(_ key: SettingKey) throws(CodeBoxError) -> Bool {
            guard case .boolean(let value) = byKey[key] else { throw missing(key) }
            return value
        }

        /// Empty where nothing was said.
        func list(_ key: SettingKey) throws(CodeBoxError) -> [String] {
            switch byKey[key] {
            case .list(let values): return values
            case .text(""): return []
            default: throw missing(key)
            }
        }

        /// A whole number; nil where nothing was said.
        func given(_ key: SettingKey) throws(CodeBoxError) -> Int? {
            byKey[key] == .text("") ? nil : try integer(key)
        }

        private func missing(_ key: SettingKey) -> CodeBoxError {
            CodeBoxError(.internalError, "the table of settings has no proper \(key.rawValue)")
        }
    }
}
