import CWire
import CodeBoxCore
import CodeBoxSystem

// The C structs of CWire in Swift's terms.

extension cb_request {
    /// The digest as the name of the image's folder: always 64 hex digits, whatever the client
    /// sent.
    var imageName: String {
        withUnsafeBytes(of: image) { Hex.text($0) }
    }

    /// The value of a limit, in the limit's unit.
    subscript(field: LimitField) -> Double {
        withUnsafeBytes(of: limits) {
            Double($0.bindMemory(to: UInt64.self)[field.index]) / field.row.wireScale
        }
    }

    /// The limits of a request that is within the warden's ceiling (``WardenBounds/excess(of:)``).
    var jobLimits: Limits {
        // 0 bytes would mean "no limit" to tmpfs, so the least is one unit of the message.
        Limits { $0.row.enforcement == .server ? 0 : max(self[$0], 1 / $0.row.wireScale) }
    }
}

extension cb_reply {
    mutating func set(_ usage: CgroupUsage) {
        cpu_user_us = UInt64(max(0, usage.cpuUserUs))
        cpu_system_us = UInt64(max(0, usage.cpuSystemUs))
        memory_peak_bytes = UInt64(max(0, usage.memoryPeakBytes))
        oom_kills = usage.memoryExceeded ? UInt32(clamping: usage.oomKills) : 0
    }

    init(_ kind: cb_reply_kind, _ id: UInt64) {
        self.init()
        magic = CB_MAGIC
        self.kind = kind.rawValue
        self.id = id
    }

    /// - Parameter refusals: at most `CB_MAXIMUM_REFUSALS`.
    mutating func set(_ refusals: [cb_refusal]) {
        tells_refusals = 1
        self.refusals = UInt32(refusals.count)
        refusals.withUnsafeBytes { list in
            withUnsafeMutableBytes(of: &detail) { $0.copyMemory(from: list) }
        }
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
