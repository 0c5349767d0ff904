import CLinux
import CodeBoxCore
import CodeBoxSystem
import Glibc

/// A descriptor for polling SIGTERM, SIGINT, SIGHUP and SIGCHLD.
struct Signals: ~Copyable {
    let descriptor: Descriptor

    init() throws(CodeBoxError) {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP, SIGCHLD] { sigaddset(&set, number) }
        guard sigprocmask(SIG_BLOCK, &set, nil) == 0 else {
            throw CodeBoxError.system(.internalError, "can't block signals")
        }
        let number = signalfd(-1, &set, CInt(SFD_CLOEXEC | SFD_NONBLOCK))
        guard number >= 0 else {
            throw CodeBoxError.system(.internalError, "can't make a signalfd")
        }
        descriptor = Descriptor(number)
    }

    /// The next pending signal; nil if there is none.
    borrowing func next() -> CInt? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard read(descriptor.number, &info, size) == size else { return nil }
        return CInt(info.ssi_signo)
    }
}
