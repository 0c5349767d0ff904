import CWire
import CodeBoxCore

// The C structs of CWire in Swift's terms.

extension cb_request {
    init(create id: UInt64, image: [UInt8], limits: Limits) {
        self.init()
        magic = CB_MAGIC
        kind = CB_CREATE.rawValue
        self.id = id
        withUnsafeMutableBytes(of: &self.image) { $0.copyBytes(from: image.prefix(32)) }
        wall_ms = UInt64(limits.wallMs)
        cpu_ms = UInt64(limits.cpuMs)
        memory_bytes = UInt64(limits.memoryBytes)
        cpu_milli = UInt64(limits.cpus * 1000)
        processes = UInt64(limits.processes)
        workspace_bytes = UInt64(limits.workspaceBytes)
        open_files = UInt64(limits.openFiles)
    }

    init(kill id: UInt64) {
        self.init()
        magic = CB_MAGIC
        kind = CB_KILL.rawValue
        self.id = id
    }

    /// The digest as the name of the image's folder: 64 hex digits and nothing else, whatever the
    /// client sent.
    var imageName: String {
        withUnsafeBytes(of: image) { Hex.text($0) }
    }

    /// A client that has been taken over must not be able to crash the warden with a number.
    var limits: Limits {
        // Two years: so many nanoseconds, even by a hundredth of a core, fit into 64 bits.
        func time(_ ms: UInt64) -> Int { Int(min(ms, 1 << 36)) }
        // Not 0, which means "no limit" to tmpfs.
        func bounded(_ value: UInt64) -> Int { Int(max(1, min(value, 1 << 48))) }
        return Limits(
            wallMs: time(wall_ms), cpuMs: time(cpu_ms), memoryBytes: bounded(memory_bytes),
            cpus: max(0.001, Double(min(cpu_milli, 1 << 30)) / 1000),
            processes: Int(min(processes, 1 << 20)), workspaceBytes: bounded(workspace_bytes),
            openFiles: Int(min(open_files, 1 << 20)), outputBytes: 0)
    }
}

extension cb_reply {
    init(_ kind: cb_reply_kind, _ id: UInt64) {
        self.init()
        magic = CB_MAGIC
        self.kind = kind.rawValue
        self.id = id
    }

    mutating func setDetail(_ text: String) {
        withUnsafeMutableBytes(of: &detail) { bytes in
            // The last byte stays NUL.
            bytes.copyBytes(from: text.utf8.prefix(bytes.count - 1))
        }
    }

    var detailText: String {
        withUnsafeBytes(of: detail) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
