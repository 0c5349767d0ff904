package import CodeBoxCore
import Foundation

/// The images on this machine, under the data directory:
///
///     images/<digest>/rootfs/         what a sandbox sees as its root
///     images/<digest>/manifest.yaml   the runtime's manifest
///     images/<digest>/packages.lock   "name version" of all that is inside, sorted
///     images/<digest>/zygote.start    how its zygote is started (``ZygoteStart``), if it has one
///     tags/<name>                     the digest of the runtime's current image
///     build/                          unfinished images; absent without a build
///     cache/                          downloads
///
/// Images never change. A rename creates an image or moves a tag, so that no reader sees a part of
/// one. A process that uses an image holds a shared `flock` on `images/<digest>`, and
/// ``remove(_:force:)`` takes an exclusive one.
package struct ImageStore: Sendable {
    package let dataDirectory: String

    package init(dataDirectory: String) {
        self.dataDirectory = dataDirectory
    }

    package var imagesDirectory: String { dataDirectory + "/images" }
    /// The empty layer below every image (`mount_root` in codebox-init). Root's warden makes it
    /// where it is missing; an ordinary user's may not be able to.
    var emptyDirectory: String { imagesDirectory + "/.empty" }
    package var tagsDirectory: String { dataDirectory + "/tags" }
    var buildDirectory: String { dataDirectory + "/build" }
    var cacheDirectory: String { dataDirectory + "/cache" }

    /// The folder of one image, which need not exist.
    package func imageDirectory(_ digest: String) -> String { imagesDirectory + "/" + digest }

    package func rootfs(_ digest: String) -> String { imageDirectory(digest) + "/rootfs" }

    // MARK: Tags

    package func tagNames() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: tagsDirectory)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The digest of a runtime's current image; nil if there is none.
    package func current(_ name: String) -> String? {
        guard RuntimeManifest.isName(name),
            let text = try? String(contentsOfFile: tagsDirectory + "/" + name, encoding: .utf8)
        else { return nil }
        let digest = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return TreeDigest.isDigest(digest) ? digest : nil
    }

    /// Makes an image the runtime's current one.
    func setCurrent(_ name: String, to digest: String) throws(CodeBoxError) {
        try File.createDirectory(tagsDirectory)
        try File.replace(tagsDirectory + "/" + name, with: digest + "\n")
    }

    /// The runtime that a tag points to, as its image describes it.
    /// - Throws: `runtimeNotBuilt` if there is no such tag or its image is not whole.
    package func installed(_ name: String) throws(CodeBoxError) -> InstalledRuntime {
        guard let digest = current(name) else {
            throw CodeBoxError(
                .runtimeNotBuilt,
                "no image of '\(name)' is built; run: codebox runtime build \(name)",
                field: "runtime")
        }
        do throws(CodeBoxError) {
            return try installed(digest: digest)
        } catch {
            throw CodeBoxError(
                .runtimeNotBuilt,
                "the image of '\(name)' is damaged; run: codebox runtime build \(name)",
                field: "runtime", cause: error.message)
        }
    }

    // MARK: Images

    /// The digests of all images, current or not.
    package func digests() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: imagesDirectory)) ?? []
        return names.filter(TreeDigest.isDigest).sorted()
    }

    /// The runtime in one image, current or not.
    /// - Throws: `imageFailed` if it is not there; `configurationInvalid` if its manifest can't be
    ///   read by this version of CodeBox.
    package func installed(digest: String) throws(CodeBoxError) -> InstalledRuntime {
        let root = rootfs(digest)
        guard File.isDirectory(root) else {
            throw CodeBoxError(.imageFailed, "\(root) is not there")
        }
        let file = imageDirectory(digest) + "/manifest.yaml"
        let manifest = try RuntimeManifest(yaml: try RuntimeFolder.read(file), file: file)
        let identity = RuntimeIdentity(
            name: manifest.name, version: manifest.version, digest: digest)
        return InstalledRuntime(manifest: manifest, identity: identity, rootfs: root)
    }

    /// The packages inside, "name version" each, sorted.
    package func packages(_ digest: String) throws(CodeBoxError) -> [String] {
        try RuntimeFolder.read(imageDirectory(digest) + "/packages.lock")
            .split(separator: "\n").map(String.init)
    }

    /// Reads the whole image and compares it with its digest; seconds of work.
    /// - Throws: `imageFailed` if a byte or mode has changed since the build.
    package func verify(_ digest: String) throws(CodeBoxError) {
        let found = try TreeDigest.compute(imageDirectory(digest))
        guard found == digest else {
            throw CodeBoxError(
                .imageFailed,
                "the image \(digest.prefix(12)) has changed since it was built; remove and rebuild "
                    + "it",
                cause: "its content now has the digest \(found)")
        }
    }

    /// Finds an image by name, digest or the beginning of a digest (at least 6 digits).
    /// - Throws: `imageFailed` if there is none or more than one.
    package func find(_ reference: String) throws(CodeBoxError) -> String {
        if let digest = current(reference) { return digest }
        let matches = reference.utf8.count < 6 ? [] : digests().filter { $0.hasPrefix(reference) }
        guard matches.count == 1 else {
            throw CodeBoxError(
                .imageFailed,
                "\(matches.isEmpty ? "no image" : "more than one image") is '\(reference)'; "
                    + "see: codebox runtime list")
        }
        return matches[0]
    }

    /// Deletes an image, and with `force` the tags that point to it.
    /// - Throws: `imageFailed` if it is a runtime's current image and `force` is false, or if it is
    ///   in use (whatever `force` says).
    package func remove(_ digest: String, force: Bool = false) throws(CodeBoxError) {
        let directory = imageDirectory(digest)
        guard File.isDirectory(directory) else {
            throw CodeBoxError(.imageFailed, "there is no image \(digest.prefix(12))")
        }
        let tags = tagNames().filter { current($0) == digest }
        guard tags.isEmpty || force else {
            throw CodeBoxError(
                .imageFailed,
                "\(digest.prefix(12)) is the current image of '\(tags.joined(separator: ", "))'; "
                    + "use --force to remove it all the same")
        }
        guard let lock = try FileLock(directory: directory, mode: .exclusive, wait: false) else {
            throw CodeBoxError(
                .imageFailed, "\(digest.prefix(12)) is in use; stop what runs jobs on it first")
        }
        defer { lock.release() }
        for tag in tags { try File.remove(tagsDirectory + "/" + tag) }
        // The rename takes the image out of `images` in one step, so that an interrupted removal
        // leaves no partial image for jobs.
        let grave = try BuildDirectory(in: buildDirectory)
        defer { grave.remove() }
        try File.rename(directory, to: grave.path + "/removed")
    }
}
