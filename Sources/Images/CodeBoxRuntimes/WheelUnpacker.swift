import CodeBoxCore
import Foundation

/// Takes files out of a Python wheel, which this machine's pip fetches with its own configuration.
struct WheelUnpacker {
    let wheel: WheelRecipe
    let cache: String
    let scratch: String
    let cancellation: BuildCancellation

    func unpack(into root: String, progress: (BuildProgress) -> Void) throws(CodeBoxError) {
        let archive = try fetched(progress: progress)
        let folder = scratch + "/wheel-" + wheel.name
        try File.createDirectory(folder)
        try HostTool(
            command: ["python3", "-m", "zipfile", "-e", archive, folder], package: "python3"
        ).run(cancellation: cancellation)
        for file in wheel.files {
            let parts = file.destination.split(separator: "/")
            let parent = parts.dropLast().joined(separator: "/")
            let destination =
                try ImageTree(root: root).makeFolder(parent) + "/\(parts[parts.count - 1])"
            try File.rename(folder + "/" + file.source, to: destination)
            guard chmod(destination, file.isExecutable ? 0o755 : 0o644) == 0 else {
                throw File.failure("set the mode of", destination)
            }
        }
        try File.removeTree(folder)
    }

    /// The wheel's path. The wheel is downloaded unless the cache has it, and always checked.
    private func fetched(progress: (BuildProgress) -> Void) throws(CodeBoxError) -> String {
        let directory = cache + "/wheels"
        try File.createDirectory(directory)
        if let cached = try matching(in: directory) { return cached }
        let download = scratch + "/download-" + wheel.name
        try File.createDirectory(download)
        try HostTool(
            command: [
                "python3", "-m", "pip", "download", "--no-deps", "--only-binary=:all:",
                "--progress-bar=off", "--dest", download, "\(wheel.name)==\(wheel.version)",
            ], package: "python3-pip"
        ).run(cancellation: cancellation) { progress(.detail($0)) }
        guard let archive = try matching(in: download) else {
            throw CodeBoxError(
                .imageFailed,
                "no wheel of \(wheel.name) \(wheel.version) that pip offers for this machine has a "
                    + "sha256 that the manifest allows; nothing of it was used")
        }
        let kept = directory + "/" + URL(fileURLWithPath: archive).lastPathComponent
        try File.rename(archive, to: kept)
        return kept
    }

    private func matching(in directory: String) throws(CodeBoxError) -> String? {
        let prefix = wheel.name.replacingOccurrences(of: "-", with: "_") + "-" + wheel.version + "-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for name in names.sorted() where name.hasPrefix(prefix) && name.hasSuffix(".whl") {
            if wheel.sha256.contains(try TreeDigest.ofFile("\(directory)/\(name)")) {
                return "\(directory)/\(name)"
            }
        }
        return nil
    }
}
