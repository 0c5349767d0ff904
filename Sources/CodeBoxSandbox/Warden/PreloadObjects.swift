import CLinux
import CWire
import Glibc

/// The objects that make zygotes of interpreters, sealed copies of those beside PID 1's program.
struct PreloadObjects {
    private static let names: [UInt32: String] = [
        CB_ZYGOTE_PYTHON.rawValue: "codebox-zygote-python",
        CB_ZYGOTE_NODE.rawValue: "codebox-zygote-node",
    ]

    private let directory: String
    private var opened: [UInt32: CInt] = [:]

    init(besides initPath: String) {
        directory = initPath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
    }

    /// - Returns: a descriptor that stays this struct's.
    mutating func object(for kind: UInt32) throws(SandboxMaker.Failure) -> CInt {
        if let fd = opened[kind] { return fd }
        guard let name = Self.names[kind] else {
            throw SandboxMaker.Failure(
                step: CB_STEP_ZYGOTE, code: EINVAL, detail: "there is no zygote of kind \(kind)")
        }
        let fd = cb_seal_program("\(directory)/\(name)")
        guard fd >= 0 else {
            throw SandboxMaker.Failure(
                step: CB_STEP_ZYGOTE, code: -fd,
                detail: "\(directory)/\(name); it is installed beside codebox-init")
        }
        opened[kind] = fd
        return fd
    }
}
