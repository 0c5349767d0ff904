import CWire
import CodeBoxCore
import CodeBoxSandbox

/// A program as it travels to the job's process (CWire.h, client → job).
enum ProgramMessage {
    /// Read and write for the owner, read for all; executable too, since scripts may be run by
    /// name.
    private static let fileMode: UInt32 = 0o755

    static func encode(_ program: SandboxProgram) -> [UInt8] {
        var strings: [UInt8] = []
        for argument in program.command { append(argument, to: &strings) }
        for (name, value) in program.environment { append(name, "=", value, to: &strings) }
        let header = cb_job_header(
            magic: CB_MAGIC, flags: program.mergesOutput ? CB_JOB_MERGE_OUTPUT.rawValue : 0,
            argument_count: UInt32(program.command.count),
            environment_count: UInt32(program.environment.count),
            file_count: UInt32(program.files.count),
            heap_mib: UInt32(clamping: program.heapMiB ?? 0),
            string_bytes: UInt64(strings.count))
        var message: [UInt8] = []
        let contents = program.files.reduce(0) { $0 + $1.content.count + $1.path.utf8.count + 16 }
        message.reserveCapacity(MemoryLayout<cb_job_header>.size + strings.count + contents)
        append(header, to: &message)
        message.append(contentsOf: strings)
        for file in program.files {
            let head = cb_job_file(
                path_bytes: UInt32(file.path.utf8.count), mode: fileMode,
                content_bytes: UInt64(file.content.count))
            append(head, to: &message)
            message.append(contentsOf: file.path.utf8)
            message.append(contentsOf: file.content)
        }
        return message
    }

    /// Lets a process that a zygote forks run the program; without this it is exec'ed.
    static func allowForking(_ message: inout [UInt8]) {
        message.withUnsafeMutableBytes { bytes in
            var header = bytes.loadUnaligned(as: cb_job_header.self)
            header.flags |= CB_JOB_MAY_FORK.rawValue
            bytes.storeBytes(of: header, as: cb_job_header.self)
        }
    }

    private static func append(_ strings: String..., to bytes: inout [UInt8]) {
        for string in strings { bytes.append(contentsOf: string.utf8) }
        bytes.append(0)
    }

    private static func append<Value: BitwiseCopyable>(_ value: Value, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }
}
