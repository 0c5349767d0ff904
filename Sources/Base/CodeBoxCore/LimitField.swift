/// The limits by name. Each has one row, from which the API, manifests, settings, the command line,
/// the messages to the warden and the checks of values are made.
///
/// A new limit is a case and a row here, its enforcement unless that is an rlimit, and an entry in
/// the API's description, which a test demands.
package enum LimitField: String, CodingKey, CaseIterable, Sendable {
    case wallMs = "wall_ms"
    case cpuMs = "cpu_ms"
    case memoryBytes = "memory_bytes"
    case cpus
    case processes
    case workspaceBytes = "workspace_bytes"
    case openFiles = "open_files"
    case stackBytes = "stack_bytes"
    case outputBytes = "output_bytes"

    package enum Unit: Sendable {
        case milliseconds, bytes, cores, count
    }

    /// What enforces a limit, and with it, until when it may be changed.
    package enum Enforcement: Hashable, Sendable {
        /// The warden's clocks, which start with the program.
        case clock
        /// The sandbox's cgroup. It can be changed when a job takes a waiting sandbox.
        case cgroup
        /// Something that the sandbox is built with, and that can't be changed later.
        case construction
        /// A resource limit of the kernel, by its number (setrlimit(2)), which the job begins with.
        /// It can't be changed later either.
        case rlimit(Int)
        /// The server, which reads what the program writes. The warden does not know the limit.
        case server
    }

    package struct Row: Sendable {
        package let unit: Unit
        package let enforcement: Enforcement
        /// The least value that a job may ask for; below it an interpreter can't start.
        package let floor: Double
        /// The value of a job when neither it nor its runtime names one.
        package let standard: Double
        /// The greatest value that a job may ask for, unless the admin's settings say otherwise.
        package let ceiling: Double
        /// The greatest ceiling that an admin may set.
        package let greatestCeiling: Double
        /// What the setting of the ceiling does.
        package let ceilingMeaning: String

        fileprivate init(
            _ unit: Unit, _ enforcement: Enforcement, floor: Double, standard: Double,
            ceiling: Double, upTo greatest: Double, _ ceilingMeaning: String
        ) {
            self.unit = unit
            self.enforcement = enforcement
            self.floor = floor
            self.standard = standard
            self.ceiling = ceiling
            greatestCeiling = greatest
            self.ceilingMeaning = ceilingMeaning
        }

        /// Whether the value is a whole number.
        package var isWhole: Bool { unit != .cores }

        /// Whole numbers of the message to the warden that make one of the limit's unit.
        package var wireScale: Double { isWhole ? 1 : 1000 }

        /// The value as messages show it.
        package func text(of value: Double) -> String {
            Int(exactly: value).map(String.init) ?? "\(value)"
        }
    }

    package var row: Row {
        switch self {
        case .wallMs:
            Row(
                .milliseconds, .clock, floor: 1, standard: 10_000, ceiling: 60_000,
                upTo: 86_400_000, "Most real time that a job may ask for.")
        case .cpuMs:
            Row(
                .milliseconds, .clock, floor: 1, standard: 10_000, ceiling: 60_000,
                upTo: 86_400_000, "Most CPU time, all processes together.")
        case .memoryBytes:
            Row(
                .bytes, .cgroup, floor: 0x1p22, standard: 0x1p27, ceiling: 0x1p30, upTo: 0x1p40,
                "Most memory.")
        case .cpus:
            Row(
                .cores, .cgroup, floor: 0.01, standard: 1, ceiling: 4, upTo: 1024,
                "Most CPU bandwidth, in cores.")
        case .processes:
            Row(
                .count, .cgroup, floor: 1, standard: 64, ceiling: 512, upTo: 100_000,
                "Most processes and threads at one time.")
        case .workspaceBytes:
            Row(
                .bytes, .construction, floor: 0x1p16, standard: 0x1p26, ceiling: 0x1p29,
                upTo: 0x1p40, "Largest workspace and largest /tmp, each.")
        case .openFiles:
            Row(
                .count, .rlimit(7), floor: 16, standard: 256, ceiling: 4096, upTo: 1_048_576,
                "Most open files per process.")
        case .stackBytes:
            Row(
                .bytes, .rlimit(3), floor: 0x1p20, standard: 0x1p23, ceiling: 0x1p30,
                upTo: 0x1p40, "Largest stack that a job may begin with.")
        case .outputBytes:
            Row(
                .bytes, .server, floor: 0, standard: 0x1p20, ceiling: 0x1p24, upTo: 0x1p30,
                "Most output kept of stdout and of stderr, each; with `merge_output`, of both "
                    + "together.")
        }
    }

    /// The limit's place in ``allCases``.
    package var index: Int { Self.order.firstIndex(of: self) ?? 0 }

    private static let order = allCases
    /// The limits that the warden must know.
    package static let enforcedByWarden = allCases.filter { $0.row.enforcement != .server }
    package static let enforcedByCgroup = allCases.filter { $0.row.enforcement == .cgroup }
    /// The limits that a waiting sandbox keeps.
    package static let fixedByConstruction = allCases.filter {
        switch $0.row.enforcement {
        case .construction, .rlimit: true
        case .clock, .cgroup, .server: false
        }
    }

    /// The limits that are resource limits of the kernel, by these limits' numbers.
    package static let ofResources = [Int: LimitField](
        uniqueKeysWithValues: allCases.compactMap {
            guard case .rlimit(let number) = $0.row.enforcement else { return nil }
            return (number, $0)
        })
}
