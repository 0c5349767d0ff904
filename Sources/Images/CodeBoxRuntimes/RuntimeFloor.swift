package import CodeBoxCore

/// The least limits that a runtime's interpreter needs, where these are above ``Limits/floor``.
package struct RuntimeFloor: Hashable, Sendable {
    /// `memory_bytes`.
    package var memoryBytes: Int
    /// `processes`: the program's process and the threads that the interpreter starts by itself.
    package var processes: Int
    /// `open_files`.
    package var openFiles: Int

    package init(
        memoryBytes: Int = Limits.floor.memoryBytes, processes: Int = Limits.floor.processes,
        openFiles: Int = Limits.floor.openFiles
    ) {
        self.memoryBytes = memoryBytes
        self.processes = processes
        self.openFiles = openFiles
    }

    /// Returns a floor of limits that is at least this one.
    package func raising(_ floor: Limits) -> Limits {
        var raised = floor
        raised.memoryBytes = max(floor.memoryBytes, memoryBytes)
        raised.processes = max(floor.processes, processes)
        raised.openFiles = max(floor.openFiles, openFiles)
        return raised
    }
}
