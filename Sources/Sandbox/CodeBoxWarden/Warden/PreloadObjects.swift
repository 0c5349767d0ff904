import CLinux
import CWire
import CodeBoxCore

/// The shared objects that are loaded into interpreters, to make zygotes of them or to size their
/// heaps: sealed copies of those that lie beside
/// PID 1's program.
struct PreloadObjects {
    private let directory: String
    private var opened: [ZygoteStart.Kind: CInt] = [:]

    init(besides initPath: String) {
        directory = initPath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
    }

    /// - Returns: a descriptor that stays this struct's.
    mutating func object(for kind: ZygoteStart.Kind) throws(SandboxMaker.Failure) -> CInt {
        if let fd = opened[kind] { return fd }
        let path = "\(directory)/codebox-zygote-\(kind.rawValue)"
        let fd = cb_seal_program(path)
        guard fd >= 0 else {
            throw SandboxMaker.Failure(
                step: CB_STEP_ZYGOTE, code: -fd,
                detail: "\(path); it is installed beside codebox-init")
        }
        opened[kind] = fd
        return fd
    }
}
