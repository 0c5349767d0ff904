/// The limits of one job. The kernel, the warden or the server enforces each of them;
/// ``LimitField`` describes them.
///
/// A result has the values that were in force (``JobResult/limits``).
package struct Limits: Hashable, Sendable {
    /// One value for each limit, in the order of `LimitField.allCases`.
    private var values: [Double]

    /// - Parameter value: the value of each limit.
    package init(_ value: (LimitField) -> Double) {
        values = LimitField.allCases.map(value)
    }

    package subscript(field: LimitField) -> Double {
        get { values[field.index] }
        set { values[field.index] = newValue }
    }

    /// Whether these limits have the same values as others, in the fields that are named.
    package func agree(with other: Limits, in fields: [LimitField]) -> Bool {
        fields.allSatisfy { self[$0] == other[$0] }
    }

    /// The limits of a job when neither it nor its runtime says otherwise.
    package static let standard = Limits { $0.row.standard }

    /// The greatest limits that a job may ask for unless the admin's settings say otherwise.
    package static let standardCeiling = Limits { $0.row.ceiling }

    /// The least limits that a job may ask for; below these an interpreter can't start.
    package static let floor = Limits { $0.row.floor }
}

/// The limits that code asks for by name.
extension Limits {
    /// Real time from the program's start, milliseconds.
    package var wallMs: Int {
        get { self[whole: .wallMs] }
        set { self[whole: .wallMs] = newValue }
    }

    /// CPU time of all processes together, user and system, milliseconds.
    package var cpuMs: Int {
        get { self[whole: .cpuMs] }
        set { self[whole: .cpuMs] = newValue }
    }

    /// Memory of all processes and of the sandbox's tmpfs mounts, bytes (`memory.max`; no swap).
    package var memoryBytes: Int {
        get { self[whole: .memoryBytes] }
        set { self[whole: .memoryBytes] = newValue }
    }

    /// CPU bandwidth, in cores; 0.5 is half of one (`cpu.max`).
    package var cpus: Double {
        get { self[.cpus] }
        set { self[.cpus] = newValue }
    }

    /// Processes and threads alive at one time (`pids.max`, less PID 1 of the sandbox).
    package var processes: Int {
        get { self[whole: .processes] }
        set { self[whole: .processes] = newValue }
    }

    /// Size of the workspace, of /tmp and of /dev/shm, each, bytes (tmpfs `size`); also of the
    /// largest file.
    package var workspaceBytes: Int {
        get { self[whole: .workspaceBytes] }
        set { self[whole: .workspaceBytes] = newValue }
    }

    /// Open files per process (`RLIMIT_NOFILE`).
    package var openFiles: Int {
        get { self[whole: .openFiles] }
        set { self[whole: .openFiles] = newValue }
    }

    /// Bytes kept of stdout and of stderr, each. Further output is counted and dropped.
    package var outputBytes: Int {
        get { self[whole: .outputBytes] }
        set { self[whole: .outputBytes] = newValue }
    }

    /// The value of a limit whose unit is counted in whole numbers.
    package subscript(whole field: LimitField) -> Int {
        // Above this, a limit of whole numbers could not be an Int.
        get { Int(min(self[field], 0x1p62)) }
        set { self[field] = Double(newValue) }
    }
}

extension Limits: Codable {
    /// A limit that an older record does not have takes its standard value.
    package init(from decoder: any Decoder) throws {
        let request = try LimitsRequest(from: decoder)
        self = request.applied(to: .standard)
    }

    package func encode(to encoder: any Encoder) throws {
        var request = LimitsRequest()
        for field in LimitField.allCases { request[field] = self[field] }
        try request.encode(to: encoder)
    }
}
