import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxWarden

extension Settings {
    /// The most that a warden makes, whatever the server asks for.
    var wardenBounds: WardenBounds {
        WardenBounds(
            ceiling: ceiling, memoryBytes: sandboxesMemoryBytes, processes: sandboxesProcesses)
    }
}
