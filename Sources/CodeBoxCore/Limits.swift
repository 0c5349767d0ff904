/// The numeric caps of one job, all of them enforced by the kernel or by the warden.
///
/// A result carries the values that were in force (``JobResult/limits``).
package struct Limits: Codable, Hashable, Sendable {
    /// Real time from the program's start, milliseconds.
    package var wallMs: Int
    /// CPU time of all processes together, user and system, milliseconds.
    package var cpuMs: Int
    /// Memory of all processes and of the sandbox's tmpfs mounts, bytes (`memory.max`; no swap).
    package var memoryBytes: Int
    /// CPU bandwidth, in cores; 0.5 is half of one (`cpu.max`).
    package var cpus: Double
    /// Processes and threads alive at one time (`pids.max`, less PID 1 of the sandbox).
    package var processes: Int
    /// Size of the workspace, of /tmp and of /dev/shm, each, bytes (tmpfs `size`); also that of the
    /// largest file.
    package var workspaceBytes: Int
    /// Open files per process (`RLIMIT_NOFILE`).
    package var openFiles: Int
    /// Bytes kept of stdout and of stderr, each; what is beyond is counted and dropped.
    package var outputBytes: Int

    package init(
        wallMs: Int, cpuMs: Int, memoryBytes: Int, cpus: Double, processes: Int,
        workspaceBytes: Int, openFiles: Int, outputBytes: Int
    ) {
        self.wallMs = wallMs
        self.cpuMs = cpuMs
        self.memoryBytes = memoryBytes
        self.cpus = cpus
        self.processes = processes
        self.workspaceBytes = workspaceBytes
        self.openFiles = openFiles
        self.outputBytes = outputBytes
    }

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case wallMs = "wall_ms"
        case cpuMs = "cpu_ms"
        case memoryBytes = "memory_bytes"
        case cpus
        case processes
        case workspaceBytes = "workspace_bytes"
        case openFiles = "open_files"
        case outputBytes = "output_bytes"
    }

    /// What a job gets when neither it nor its runtime says otherwise.
    package static let standard = Limits(
        wallMs: 10_000, cpuMs: 10_000, memoryBytes: 128 << 20, cpus: 1, processes: 64,
        workspaceBytes: 64 << 20, openFiles: 256, outputBytes: 1 << 20)

    /// The most a job may ask for unless the admin's configuration says otherwise.
    package static let standardCeiling = Limits(
        wallMs: 60_000, cpuMs: 60_000, memoryBytes: 1 << 30, cpus: 4, processes: 512,
        workspaceBytes: 512 << 20, openFiles: 4096, outputBytes: 16 << 20)

    /// The least a job may ask for; below these an interpreter can't start.
    package static let floor = Limits(
        wallMs: 1, cpuMs: 1, memoryBytes: 4 << 20, cpus: 0.01, processes: 1,
        workspaceBytes: 64 << 10, openFiles: 16, outputBytes: 0)
}
