package import CodeBoxConfiguration
import CodeBoxCore
package import CodeBoxWarden

extension Settings {
    /// The most that a warden makes, whatever the server asks for.
    package var wardenBounds: WardenBounds {
        WardenBounds(
            ceiling: ceiling, memoryBytes: sandboxesMemoryBytes, processes: sandboxesProcesses,
            cpuWeight: sandboxesCPUWeight, restrictsSpeculation: restrictsSpeculation,
            kernelMemoryBytes: kernelMemoryBudget, reusesNetworks: networkNamespaces != "fresh")
    }
}
