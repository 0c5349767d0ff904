import CLinux
import CodeBoxCore
import Glibc

/// A container's filter that keeps this process from making threads.
///
/// The C library makes threads by clone3, and by clone where clone3 returns ENOSYS. After any other
/// errno it fails, and everything that awaits would wait for ever.
enum ThreadRefusal {
    /// Whether clone3 is refused in a way that leaves this process without threads.
    static var isInForce: Bool { cb_probe_clone3() == -EPERM }

    static let remedy =
        "a seccomp filter around CodeBox forbids it, and the C library then makes no thread: use a "
        + "container runtime whose filter knows clone3 (Docker 20.10.10 or newer), run "
        + "CodeBox outside this container, or with --security-opt seccomp=unconfined"

    static var error: CodeBoxError {
        CodeBoxError(.sandboxFailed, "clone3 returns EPERM here: \(remedy)")
    }
}
