import CodeBoxCore
import Foundation

/// One build, from recipe to tag, on the thread that calls it.
struct ImageBuild: Sendable {
    let folder: RuntimeFolder
    let store: ImageStore
    let preparing: ImageBuilder.Preparing?
    let cancellation: BuildCancellation
    let progress: @Sendable (BuildProgress) -> Void

    /// The name of an image whose digest is not known yet, in the form of one.
    private static let unfinished = String(repeating: "0", count: 64)

    private var recipe: ImageRecipe { folder.manifest.image }

    func result() -> Result<InstalledRuntime, CodeBoxError> {
        // The thread and every tool would inherit the signal mask of the creating thread.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        do throws(CodeBoxError) {
            return .success(try run())
        } catch {
            return .failure(
                CodeBoxError(
                    error.code,
                    "the image of '\(folder.manifest.name)' was not built: \(error.message)",
                    cause: error.cause))
        }
    }

    private func run() throws(CodeBoxError) -> InstalledRuntime {
        let work = try BuildDirectory(in: store.buildDirectory)
        defer { work.remove() }
        let image = work.path + "/" + Self.unfinished
        let root = image + "/rootfs"
        let packages = try assemble(root, scratch: work.path + "/scratch")
        try PreparationSteps(
            commands: recipe.prepare, folder: work.path, name: Self.unfinished,
            preparing: preparing, cancellation: cancellation, progress: progress
        ).run()
        progress(.step("tidying"))
        try ImageLayout.exclude(recipe.exclude, from: root)
        try ImageLayout.finish(root)
        try check(root)
        try File.write(folder.manifestText, to: image + "/manifest.yaml")
        try File.write(
            packages.map { $0 + "\n" }.joined(), to: image + "/packages.lock")
        if let start = folder.manifest.zygoteStart {
            try File.write(try start.encoded(), to: image + "/" + ZygoteStart.fileName)
        }
        try cancellation.check()
        progress(.step("computing the digest"))
        let digest = try TreeDigest.compute(image)
        try keep(image, as: digest, work: work)
        // Read once more, in the place that it has now.
        try store.verify(digest)
        progress(.verified("the image's content has the sha256 \(digest)"))
        try store.setCurrent(folder.manifest.name, to: digest)
        return try store.installed(digest: digest)
    }

    /// Puts the recipe's parts together.
    /// - Returns: the lines of the lock file.
    private func assemble(_ root: String, scratch: String) throws(CodeBoxError) -> [String] {
        try File.createDirectory(scratch)
        try ImageLayout.prepare(root)
        var packages: [String] = []
        if !recipe.packages.isEmpty {
            progress(
                .step(
                    "fetching and unpacking \(recipe.packages.count) Debian packages and their "
                        + "dependencies"
                ))
            packages += try DebianRoot(
                recipe: recipe, cache: store.cacheDirectory, scratch: scratch,
                cancellation: cancellation
            ).unpack(into: root, progress: progress)
        }
        for wheel in recipe.wheels {
            progress(.step("fetching and unpacking \(wheel.name) \(wheel.version)"))
            try WheelUnpacker(
                wheel: wheel, cache: store.cacheDirectory, scratch: scratch,
                cancellation: cancellation
            ).unpack(into: root, progress: progress)
            progress(
                .verified(
                    "the sha256 of the wheel \(wheel.name) \(wheel.version) is in the manifest"))
            packages.append("\(wheel.name) \(wheel.version)")
        }
        try ImageLayout.link(recipe.links, in: root)
        try ImageLayout.exclude(recipe.exclude, from: root)
        return packages.sorted()
    }

    /// Refuses an image that lacks what its manifest names.
    private func check(_ root: String) throws(CodeBoxError) {
        let faults = ManifestCheck(folder.manifest, rootfs: root).faults()
        guard faults.isEmpty else {
            throw CodeBoxError(
                .imageFailed, "it lacks what \(folder.path)/manifest.yaml names",
                cause: faults.joined(separator: "\n"))
        }
    }

    /// Moves a finished image to its place, unless the same image is there, undamaged.
    private func keep(
        _ image: String, as digest: String, work: BuildDirectory
    ) throws(CodeBoxError) {
        try File.createDirectory(store.imagesDirectory)
        try File.createDirectory(store.emptyDirectory)
        let destination = store.imageDirectory(digest)
        if File.isDirectory(destination) {
            progress(.step("checking the image of this digest that is there"))
            let isWhole = (try? store.verify(digest)) != nil
            if isWhole { return }
            guard let lock = try FileLock(directory: destination, mode: .exclusive, wait: false)
            else {
                throw CodeBoxError(
                    .imageFailed,
                    "\(digest.prefix(12)) is damaged and in use; stop what runs jobs on it first")
            }
            defer { lock.release() }
            try File.rename(destination, to: work.path + "/damaged")
        }
        // The image's content is on disk before its name.
        try HostTool(command: ["sync", "--file-system", image], package: "coreutils")
            .run(cancellation: cancellation)
        try File.rename(image, to: destination)
    }
}
