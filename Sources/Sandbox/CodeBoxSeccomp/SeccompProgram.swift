/// A compiled filter, ready for `seccomp(SECCOMP_SET_MODE_FILTER)`.
package struct SeccompProgram: Sendable {
    /// An array of `struct sock_filter` (8 bytes each), in this machine's byte order.
    package let instructions: [UInt8]

    /// Number of instructions; the kernel takes at most 4096 (`BPF_MAXINSNS`).
    package var count: Int { instructions.count / 8 }
}

#if DEBUG
    import CSeccomp

    extension SeccompProgram {
        /// Allows every call; see LayerSwitch of the warden.
        package static let allowingAll = SeccompProgram(
            instructions: BPFInstruction.bytes(of: [
                BPFInstruction(code: BPFInstruction.answer, operand: UInt32(SCMP_ACT_ALLOW))
            ]))
    }
#endif
