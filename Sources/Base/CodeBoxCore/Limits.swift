/// The limits of one job. The kernel or the warden enforces each of them; ``LimitField`` describes
/// them.
///
/// A result has the values that were in force (``JobResult/limits``).
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
    /// Size of the workspace, of /tmp and of /dev/shm, each, bytes (tmpfs `size`); also of the
    /// largest file.
    package var workspaceBytes: Int
    /// Open files per process (`RLIMIT_NOFILE`).
    package var openFiles: Int
    /// Bytes kept of stdout and of stderr, each. Further output is counted and dropped.
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

    package typealias CodingKeys = LimitField

    /// Makes limits of one value of each limit's row.
    private init(_ value: (LimitField.Row) -> Double) {
        self.init(
            wallMs: 0, cpuMs: 0, memoryBytes: 0, cpus: 0, processes: 0, workspaceBytes: 0,
            openFiles: 0, outputBytes: 0)
        for field in LimitField.allCases {
            let row = field.row
            switch row.place {
            case .whole(let path, _): self[keyPath: path] = Int(value(row))
            case .decimal(let path, _): self[keyPath: path] = value(row)
            }
        }
    }

    /// The limits of a job when neither it nor its runtime says otherwise.
    package static let standard = Limits(\.standard)

    /// The greatest limits that a job may ask for unless the admin's settings say otherwise.
    package static let standardCeiling = Limits(\.ceiling)

    /// The least limits that a job may ask for; below these an interpreter can't start.
    package static let floor = Limits(\.floor)
}
