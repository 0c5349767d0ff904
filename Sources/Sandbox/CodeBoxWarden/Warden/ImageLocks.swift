import CWire
import Glibc

/// Holds shared locks on the folders of the images in use, so that no image is removed from under a
/// sandbox (`ImageStore.remove` takes an exclusive one).
final class ImageLocks {
    private let directory: String
    private let checksOwners: Bool
    private var held: [String: (fd: CInt, sandboxes: Int)] = [:]

    /// - Parameter checksOwners: whether an image that another user than root could change is
    ///   refused.
    init(directory: String, checksOwners: Bool) {
        self.directory = directory
        self.checksOwners = checksOwners
    }

    func take(_ image: String) throws(SandboxMaker.Failure) {
        if let lock = held[image] {
            held[image] = (lock.fd, lock.sandboxes + 1)
            return
        }
        let path = "\(directory)/\(image)"
        let fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard fd >= 0 else {
            throw SandboxMaker.Failure(
                step: CB_STEP_IMAGE, code: errno, detail: "there is no \(path)")
        }
        do throws(SandboxMaker.Failure) {
            if checksOwners { try SandboxMaker.Failure.check(fd, path, step: CB_STEP_IMAGE) }
        } catch {
            close(fd)
            throw error
        }
        guard flock(fd, LOCK_SH | LOCK_NB) == 0 else {
            let code = errno
            close(fd)
            throw SandboxMaker.Failure(
                step: CB_STEP_IMAGE, code: code, detail: "the image is being removed")
        }
        held[image] = (fd, 1)
    }

    func release(_ image: String) {
        guard let lock = held[image] else { return }
        if lock.sandboxes > 1 {
            held[image] = (lock.fd, lock.sandboxes - 1)
        } else {
            close(lock.fd)
            held[image] = nil
        }
    }
}
