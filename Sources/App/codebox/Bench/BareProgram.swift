import CodeBoxCore
import CodeBoxRuntimes
import CodeBoxSystem
import Foundation
import Glibc

/// A job's program without CodeBox: its interpreter, started in a chroot of the image on the job's
/// files, with no limits, no filter and no namespaces but the mounts.
final class BareProgram {
    struct Run {
        /// From the start of the process until it was reaped.
        var microseconds: Int
        var output: [UInt8]
        /// nil if a signal ended it.
        var exitCode: Int?
    }

    private let runtime: InstalledRuntime
    private let command: [String]
    private let environment: [String]
    private let workspace: String

    /// Lays out the job's files in a temporary folder, which ``remove()`` removes.
    init(_ spec: JobSpec, of runtime: InstalledRuntime, limits: Limits) throws(CodeBoxError) {
        self.runtime = runtime
        let manifest = runtime.manifest
        let entrypoint = spec.entrypoint ?? manifest.entrypoint
        command = manifest.commandLine(
            entrypoint: entrypoint, arguments: spec.args, limits: limits)
        environment = manifest.environment.merging(spec.env) { _, jobs in jobs }
            .map { "\($0.key)=\($0.value)" }
        var template = Array((NSTemporaryDirectory() + "/codebox-bench.XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CodeBoxError.system(.internalError, "can't create a temporary folder")
        }
        workspace = String(
            decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        // The interpreter runs as another user.
        chmod(workspace, 0o755)
        var files = spec.files
        if let source = spec.source {
            files.append(JobFile(path: entrypoint, content: Array(source.utf8)))
        }
        for file in files { try lay(file) }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: workspace)
    }

    /// Runs it once. It blocks.
    func run() throws(CodeBoxError) -> Run {
        do throws(SystemError) {
            return try start()
        } catch {
            throw CodeBoxError(
                .internalError, "\(command[0]) can't be started in \(runtime.rootfs)", error)
        }
    }

    private func start() throws(SystemError) -> Run {
        let clock = ContinuousClock()
        let begin = clock.now
        let pipe = try CodeBoxSystem.Pipe()
        var launch = ChildLaunch(command[0], arguments: command, environment: environment)
        launch.image = ChildLaunch.Image(root: runtime.rootfs, workspace: workspace)
        launch.output = pipe.writing.number
        let pid = try launch.start()
        let reading = pipe.readingEnd()
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(reading.number, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            output += buffer[..<count]
        }
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR { continue }
        let time = begin.duration(to: clock.now) / .microseconds(1)
        return Run(
            microseconds: Int(time), output: output,
            exitCode: status & 0x7f == 0 ? Int(status >> 8) & 0xff : nil)
    }

    private func lay(_ file: JobFile) throws(CodeBoxError) {
        let path = workspace + "/" + file.path
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CodeBoxError(
                .internalError, "can't create \(folder)", cause: String(describing: error))
        }
        try LocalFile.write(file.content, to: path)
    }
}
