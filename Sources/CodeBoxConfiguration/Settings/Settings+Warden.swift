import CodeBoxCore

extension Settings {
    /// The arguments that give the warden its bounds.
    package var wardenBounds: [String] {
        var arguments = [
            "wall_ms=\(ceiling.wallMs)", "cpu_ms=\(ceiling.cpuMs)",
            "memory_bytes=\(ceiling.memoryBytes)", "cpus=\(ceiling.cpus)",
            "processes=\(ceiling.processes)", "workspace_bytes=\(ceiling.workspaceBytes)",
            "open_files=\(ceiling.openFiles)",
        ].map { "--ceiling=\($0)" }
        if let memory = sandboxesMemoryBytes { arguments.append("--memory-bytes=\(memory)") }
        if let processes = sandboxesProcesses { arguments.append("--processes=\(processes)") }
        return arguments
    }
}
