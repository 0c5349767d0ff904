import Glibc
import CodeBoxSystem

/// Per image the mount namespace that its sandboxes' own are copied from: the image as root, its
/// `/dev`, all read-only. It saves every sandbox from copying the host's mounts, building the same
/// again, and changing its root, for which the kernel looks at every process of the machine.
///
/// Kept for as long as the warden lives and the image is the same: that is what the folder's
/// device and inode tell, which no other folder gets while the namespace holds it. An image can be
/// removed meanwhile; nothing is mounted on its folder anywhere.
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

    /// nil where none was built, or for another image that was there before.
    func namespace(of rootfs: String) -> CInt? {
        guard let template = built[rootfs], template.folder == Folder(rootfs) else { return nil }
        return template.namespace
    }

    /// Takes ownership of the namespace; gives up those of images that are no more.
    mutating func keep(_ namespace: CInt, of rootfs: String) {
        for (other, template) in built where template.folder != Folder(other) {
            close(template.namespace)
            built[other] = nil
        }
        guard let folder = Folder(rootfs) else { return }
        built[rootfs] = (namespace, folder)
    }
}
