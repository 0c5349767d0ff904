/// The limits by name. Each has one row, from which the API, manifests, the command line and the
/// checks of values are made.
///
/// A new limit is a case and a row here, a property of ``Limits`` and of ``LimitsRequest``, its
/// enforcement, and an entry in the API's description, which a test demands.
package enum LimitField: String, CodingKey, CaseIterable, Sendable {
    case wallMs = "wall_ms"
    case cpuMs = "cpu_ms"
    case memoryBytes = "memory_bytes"
    case cpus
    case processes
    case workspaceBytes = "workspace_bytes"
    case openFiles = "open_files"
    case outputBytes = "output_bytes"

    package enum Unit: Sendable {
        case milliseconds, bytes, cores, count
    }

    /// The properties that hold the limit's value.
    package enum Place {
        case whole(WritableKeyPath<Limits, Int>, WritableKeyPath<LimitsRequest, Int?>)
        case decimal(WritableKeyPath<Limits, Double>, WritableKeyPath<LimitsRequest, Double?>)
    }

    package struct Row {
        package let place: Place
        package let unit: Unit
        /// The least value that a job may ask for; below it an interpreter can't start.
        package let floor: Double
        /// The value of a job when neither it nor its runtime names one.
        package let standard: Double
        /// The greatest value that a job may ask for, unless the admin's settings say otherwise.
        package let ceiling: Double
        /// The greatest ceiling that an admin may set.
        package let greatestCeiling: Double

        fileprivate init(
            _ limits: WritableKeyPath<Limits, Int>, _ request: WritableKeyPath<LimitsRequest, Int?>,
            _ unit: Unit, floor: Int, standard: Int, ceiling: Int, upTo greatest: Int
        ) {
            place = .whole(limits, request)
            self.unit = unit
            self.floor = Double(floor)
            self.standard = Double(standard)
            self.ceiling = Double(ceiling)
            greatestCeiling = Double(greatest)
        }

        fileprivate init(
            _ limits: WritableKeyPath<Limits, Double>,
            _ request: WritableKeyPath<LimitsRequest, Double?>,
            _ unit: Unit, floor: Double, standard: Double, ceiling: Double, upTo greatest: Double
        ) {
            place = .decimal(limits, request)
            self.unit = unit
            self.floor = floor
            self.standard = standard
            self.ceiling = ceiling
            greatestCeiling = greatest
        }
    }

    package var row: Row {
        switch self {
        case .wallMs:
            Row(
                \.wallMs, \.wallMs, .milliseconds, floor: 1, standard: 10_000, ceiling: 60_000,
                upTo: 86_400_000)
        case .cpuMs:
            Row(
                \.cpuMs, \.cpuMs, .milliseconds, floor: 1, standard: 10_000, ceiling: 60_000,
                upTo: 86_400_000)
        case .memoryBytes:
            Row(
                \.memoryBytes, \.memoryBytes, .bytes, floor: 4 << 20, standard: 128 << 20,
                ceiling: 1 << 30, upTo: 1 << 40)
        case .cpus:
            Row(\.cpus, \.cpus, .cores, floor: 0.01, standard: 1, ceiling: 4, upTo: 1024)
        case .processes:
            Row(
                \.processes, \.processes, .count, floor: 1, standard: 64, ceiling: 512,
                upTo: 100_000)
        case .workspaceBytes:
            Row(
                \.workspaceBytes, \.workspaceBytes, .bytes, floor: 64 << 10, standard: 64 << 20,
                ceiling: 512 << 20, upTo: 1 << 40)
        case .openFiles:
            Row(
                \.openFiles, \.openFiles, .count, floor: 16, standard: 256, ceiling: 4096,
                upTo: 1_048_576)
        case .outputBytes:
            Row(
                \.outputBytes, \.outputBytes, .bytes, floor: 0, standard: 1 << 20,
                ceiling: 16 << 20, upTo: 1 << 30)
        }
    }
}
