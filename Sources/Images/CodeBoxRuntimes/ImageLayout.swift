import CodeBoxCore
import Foundation

/// The parts that every image has, regardless of its recipe.
///
/// - `/proc`, `/dev`, `/tmp`, `/workspace` and `/usr/lib/codebox` are empty folders to mount on;
///   there is no `/sys`.
/// - Everything belongs to the builder and is readable by all: jobs run under ids that own nothing
///   here, so nothing in an image may be a secret.
/// - No setuid and setgid bits, no devices, no package manager, no logs, no caches.
/// - Every time stamp is the same: jobs can see times, but the digest does not cover them.
enum ImageLayout {
    /// 2020-01-01T00:00:00Z; archives that jobs make of the image's files can express it.
    static let epoch = 1_577_836_800
    static var epochText: String { String(epoch) }

    static let mountPoints = ["proc", "dev", "tmp", "workspace", "usr/lib/codebox"]

    /// Links that Debian's `base-files` would bring.
    private static let mergedFolders = ["bin", "sbin", "lib", "lib64"]

    private static let files = [
        "etc/passwd": """
        root:x:0:0:root:/:/usr/sbin/nologin
        codebox:x:1000:1000:codebox:/workspace:/bin/sh
        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin

        """,
        "etc/group": "root:x:0:\ncodebox:x:1000:\nnogroup:x:65534:\n",
        "etc/hostname": "codebox\n",
        "etc/hosts": "127.0.0.1 localhost codebox\n::1 localhost\n",
        "etc/resolv.conf": "",
        "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    ]

    /// Paths to leave out of every image: only an installed, running system needs them.
    private static let excluded = [
        "boot", "home", "media", "mnt", "root", "run", "srv", "sys", "tmp/*", "proc/*",
        "dev/*", "var/*", "workspace/*",
        "etc/apt", "etc/cron*", "etc/debconf.conf", "etc/default", "etc/dpkg", "etc/fstab",
        "etc/gshadow*", "etc/init.d", "etc/kernel", "etc/logrotate.d", "etc/machine-id",
        "etc/pam.d", "etc/passwd-", "etc/group-", "etc/rc*.d", "etc/security", "etc/shadow*",
        "etc/skel", "etc/systemd", "etc/update-motd.d",
        "usr/bin/debconf*", "usr/bin/dpkg*", "usr/bin/update-alternatives",
        "usr/games", "usr/include", "usr/lib/dpkg", "usr/lib/init", "usr/lib/systemd",
        "usr/lib/sysusers.d", "usr/lib/tmpfiles.d", "usr/sbin/dpkg*", "usr/src",
        "usr/share/applications", "usr/share/apport", "usr/share/bash-completion",
        "usr/share/bug", "usr/share/debconf", "usr/share/debianutils", "usr/share/dict",
        "usr/share/doc", "usr/share/doc-base", "usr/share/dpkg", "usr/share/info",
        "usr/share/initramfs-tools", "usr/share/keyrings", "usr/share/lintian",
        "usr/share/locale", "usr/share/man", "usr/share/menu", "usr/share/perl5",
        "usr/share/pixmaps", "usr/share/polkit-1",
    ]

    /// Creates the links that packages' paths lead through, before anything is unpacked.
    static func prepare(_ root: String) throws(CodeBoxError) {
        try File.createDirectory(root)
        for name in mergedFolders {
            try File.createDirectory("\(root)/usr/\(name)")
            guard symlink("usr/\(name)", "\(root)/\(name)") == 0 else {
                throw File.failure("create", "\(root)/\(name)")
            }
        }
    }

    static func link(_ links: [String: String], in root: String) throws(CodeBoxError) {
        for (path, target) in links.sorted(by: { $0.key < $1.key }) {
            let parts = path.split(separator: "/")
            let parent = parts.dropLast().joined(separator: "/")
            let link = try ImageTree(root: root).makeFolder(parent) + "/\(parts[parts.count - 1])"
            try File.removeTree(link)
            guard symlink(target, link) == 0 else { throw File.failure("create", link) }
        }
    }

    /// Removes the paths that every image and this recipe leave out.
    static func exclude(_ patterns: [String], from root: String) throws(CodeBoxError) {
        let patterns = patterns + excluded
        try TreeWalk.run(root) { (entry) throws(CodeBoxError) in
            guard patterns.contains(where: { fnmatch($0, entry.relative, 0) == 0 }) else {
                return true
            }
            try File.removeTree(entry.path)
            return false
        }
    }

    /// Writes accounts and names, creates the mount points, and sets modes and times.
    static func finish(_ root: String) throws(CodeBoxError) {
        try checkFolders(of: root)
        for name in mergedFolders where rmdir("\(root)/usr/\(name)") == 0 {
            try File.removeTree("\(root)/\(name)")
        }
        try placeMountPoints(in: root)
        try File.createDirectory("\(root)/etc")
        for (path, text) in files {
            try File.removeTree("\(root)/\(path)")
            try File.write(text, to: "\(root)/\(path)")
        }
        try link(["var/tmp": "/tmp"], in: root)
        try normalize(root)
    }

    /// Creates the folders that a sandbox is mounted on.
    static func placeMountPoints(in root: String) throws(CodeBoxError) {
        try checkFolders(of: root)
        for point in mountPoints { try File.createDirectory("\(root)/\(point)") }
    }

    /// Refuses an image in which something else has taken the place of a folder that the build
    /// writes to or that a sandbox is mounted on. A link there could lead to this machine's files.
    static func checkFolders(of root: String) throws(CodeBoxError) {
        for name in ["usr", "usr/lib", "etc", "var"] + mountPoints {
            var status = stat()
            guard lstat("\(root)/\(name)", &status) == 0 else { continue }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw CodeBoxError(
                    .imageFailed,
                    "/\(name) of the image is not a folder; a `prepare` step or a package has put "
                        + "something else there")
            }
        }
    }

    private static func normalize(_ root: String) throws(CodeBoxError) {
        try set(mode: 0o755, of: root)
        try TreeWalk.run(root) { (entry) throws(CodeBoxError) in
            switch entry.kind {
            case .directory: try set(mode: 0o755, of: entry.path)
            case .file: try set(mode: entry.mode & 0o111 == 0 ? 0o644 : 0o755, of: entry.path)
            case .link: break
            case .other: try File.remove(entry.path)
            }
            return true
        }
        // A second round is needed, because the removals of the first change the folders' times.
        try stamp(root)
        try TreeWalk.run(root) { (entry) throws(CodeBoxError) in
            try stamp(entry.path)
            return true
        }
    }

    private static func set(mode: UInt32, of path: String) throws(CodeBoxError) {
        guard chmod(path, mode) == 0 else { throw File.failure("set the mode of", path) }
    }

    private static func stamp(_ path: String) throws(CodeBoxError) {
        let time = timespec(tv_sec: epoch, tv_nsec: 0)
        guard utimensat(AT_FDCWD, path, [time, time], AT_SYMLINK_NOFOLLOW) == 0 else {
            throw File.failure("set the time of", path)
        }
    }
}
