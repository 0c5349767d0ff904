import CWire
import CodeBoxCore
import CodeBoxSeccomp

extension cb_reply {
    /// The refused calls that a report tells of; nil where the warden does not tell them.
    var deniedSyscalls: [DeniedSyscall]? {
        guard tells_refusals != 0 else { return nil }
        let size = MemoryLayout<cb_refusal>.stride
        return withUnsafeBytes(of: detail) { bytes in
            (0..<min(Int(refusals), DeniedSyscall.most)).map { at in
                let refusal = bytes.loadUnaligned(fromByteOffset: at * size, as: cb_refusal.self)
                // Numbers that do not fit are told as one.
                let isKnown = refusal.number != .max
                return DeniedSyscall(
                    name: isKnown ? SeccompPolicy.nameOfCall(UInt32(refusal.number)) : "unknown",
                    errno: SeccompPolicy.nameOfErrno(CInt(refusal.error)),
                    count: Int(refusal.count))
            }
        }
    }
}
