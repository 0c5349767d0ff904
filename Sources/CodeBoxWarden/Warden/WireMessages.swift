import CWire
import CodeBoxCore
import CodeBoxSystem

// The C structs of CWire in Swift's terms.

extension cb_request {
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
}

extension ZygoteStart.Kind {
    /// - Parameter number: of `enum cb_zygote_kind`; nil for a number that stands for none.
    init?(wire number: UInt32) {
        switch number {
        case CB_ZYGOTE_PYTHON.rawValue: self = .python
        case CB_ZYGOTE_NODE.rawValue: self = .node
        default: return nil
        }
    }
}
