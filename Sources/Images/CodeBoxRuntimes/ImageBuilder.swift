package import CodeBoxCore
import Foundation

/// Makes images from recipes.
///
/// A build works in a separate directory and becomes an image by one rename. An interrupted build
/// leaves only that directory, which the next build removes. The same recipe with the same packages
/// gives the same digest.
package struct ImageBuilder: Sendable {
    /// Opens what runs the `prepare` steps of a build whose folder holds `<name>/rootfs`.
    package typealias Preparing =
        @Sendable (_ folder: String, _ name: String) throws(CodeBoxError) -> any ImagePreparation

    private let store: ImageStore
    private let preparing: Preparing?

    /// - Parameter preparing: nil refuses recipes with `prepare` steps.
    package init(store: ImageStore, preparing: Preparing? = nil) {
        self.store = store
        self.preparing = preparing
    }

    /// Whether the runtime's current image was built from exactly this manifest.
    ///
    /// It says nothing about newer packages: those come with the next build.
    package func isCurrent(_ folder: RuntimeFolder) -> Bool {
        guard let digest = store.current(folder.manifest.name),
            File.isDirectory(store.rootfs(digest)), hasStartRecord(digest, folder.manifest),
            let built = try? RuntimeFolder.read(store.imageDirectory(digest) + "/manifest.yaml")
        else { return false }
        return built == folder.manifestText
    }

    /// An older CodeBox wrote no start records.
    private func hasStartRecord(_ digest: String, _ manifest: RuntimeManifest) -> Bool {
        guard let start = manifest.zygoteStart else { return true }
        let file = store.imageDirectory(digest) + "/" + ZygoteStart.fileName
        return FileManager.default.contents(atPath: file).map(Array.init) == (try? start.encoded())
    }

    /// Builds the image and makes it the runtime's current one; up to a few minutes of work.
    ///
    /// Canceling the task ends it soon and leaves nothing behind.
    /// - Parameter progress: called on the build's own thread.
    /// - Throws: `imageFailed` with the failing tool's last lines.
    package func build(
        _ folder: RuntimeFolder, progress: @escaping @Sendable (BuildProgress) -> Void
    ) async throws(CodeBoxError) -> InstalledRuntime {
        let cancellation = BuildCancellation()
        let run = ImageBuild(
            folder: folder, store: store, preparing: preparing, cancellation: cancellation,
            progress: progress)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The build has its own thread, because it blocks and its tools die with the
                // thread.
                let thread = Thread { continuation.resume(returning: run.result()) }
                thread.name = "image build"
                thread.start()
            }
        } onCancel: {
            cancellation.cancel()
        }
        return try result.get()
    }
}
