/// A compiled filter, ready for `seccomp(SECCOMP_SET_MODE_FILTER)`.
package struct SeccompProgram: Sendable {
    /// An array of `struct sock_filter` (8 bytes each), in this machine's byte order.
    package let instructions: [UInt8]

    /// Number of instructions; the kernel takes at most 4096 (`BPF_MAXINSNS`).
    package var count: Int { instructions.count / 8 }
}
