import Glibc
import CodeBoxSystem

/// Keeps, for each image, the mount namespace that its sandboxes' are copied from: the image as
/// root and its `/dev`, all read-only. So a sandbox need not copy the host's mounts, build the same
/// again, and change its root, for which the kernel looks at every process of the machine.
///
/// A template is kept for as long as the warden lives and the image is the same. The folder's
/// device and inode tell that: no other folder gets them while the namespace holds it. An image can
/// be removed meanwhile; nothing is mounted on its folder anywhere.
struct ImageTemplates {
    private struct Folder: Equatable {
        let device: dev_t
        let inode: ino_t

        init?(_ rootfs: String) {
            var found = stat()
            guard stat(rootfs, &found) == 0 else { return nil }
            device = found.st_dev
            inode = found.st_ino
        }
    }

    /// The warden's own mount namespace, and its current folder there.
    let home: CInt
    let folder: CInt
    private var built: [String: (namespace: CInt, folder: Folder)] = [:]

    init() throws(SystemError) {
        home = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC)
        guard home >= 0 else { throw SystemError("open /proc/self/ns/mnt") }
        folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw SystemError("open of the current folder") }
    }

    /// Nil if none was built, or if it was built from another image that was there before.
    func namespace(of rootfs: String) -> CInt? {
        guard let template = built[rootfs], template.folder == Folder(rootfs) else { return nil }
        return template.namespace
    }

    /// Takes ownership of the namespace, and closes those of images that are gone.
    mutating func keep(_ namespace: CInt, of rootfs: String) {
        for (other, template) in built where template.folder != Folder(other) {
            close(template.namespace)
            built[other] = nil
        }
        guard let folder = Folder(rootfs) else { return }
        built[rootfs] = (namespace, folder)
    }
}
