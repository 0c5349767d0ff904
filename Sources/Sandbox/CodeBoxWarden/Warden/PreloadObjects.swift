import CLinux
import CWire
import CodeBoxCore

/// The shared objects that interpreters and other programs preload, to make zygotes of them, to
/// size their heaps or to list network interfaces: sealed copies of those that lie beside PID 1's
/// program.
struct PreloadObjects {
    private let directory: String
    private var opened: [String: CInt] = [:]

    init(besides initPath: String) {
        directory = initPath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
    }

    /// The object that makes a zygote of an interpreter.
    /// - Returns: a descriptor that stays this struct's.
    mutating func zygote(_ kind: ZygoteStart.Kind) throws(SandboxMaker.Failure) -> CInt {
        try object("codebox-zygote-\(kind.rawValue)", for: CB_STEP_ZYGOTE)
    }

    /// The object that lists network interfaces for exec'ed programs.
    /// - Returns: a descriptor that stays this struct's.
    mutating func interfaces() throws(SandboxMaker.Failure) -> CInt {
        try object("codebox-interfaces", for: CB_STEP_INTERFACES)
    }

    private mutating func object(
        _ name: String, for step: cb_step
    ) throws(SandboxMaker.Failure) -> CInt {
        if let fd = opened[name] { return fd }
        let path = "\(directory)/\(name)"
        let fd = cb_seal_program(path)
        guard fd >= 0 else {
            throw SandboxMaker.Failure(
                step: step, code: -fd, detail: "\(path); it is installed beside codebox-init")
        }
        opened[name] = fd
        return fd
    }
}
