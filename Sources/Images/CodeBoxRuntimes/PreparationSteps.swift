import CodeBoxCore
import Foundation
import Synchronization

/// Runs the `prepare` steps of a recipe on the image that is being built. It blocks, so call it on
/// a build's thread.
struct PreparationSteps {
    let commands: [[String]]
    /// Holds `<name>/rootfs`, as the folder of finished images does.
    let folder: String
    let name: String
    let preparing: ImageBuilder.Preparing?
    let cancellation: BuildCancellation
    let progress: @Sendable (BuildProgress) -> Void

    private var root: String { "\(folder)/\(name)/rootfs" }

    func run() throws(CodeBoxError) {
        guard !commands.isEmpty else { return }
        guard let preparing else {
            throw CodeBoxError(
                .imageFailed, "its `prepare` steps need a sandbox; use `codebox runtime build`")
        }
        try cancellation.check()
        let preparation = try preparing(folder, name)
        defer { Self.wait { await preparation.end() } }
        try ImageLayout.placeMountPoints(in: root)
        if let owner = preparation.owner { try give(to: owner, owner) }
        for command in commands {
            let step = PreparationStep(command)
            progress(.step("running \(step.text)"))
            let lines = try run(step, in: preparation)
            for line in lines { progress(.detail(line)) }
            // The next sandbox is mounted on these folders, and the rest of the build writes there.
            try ImageLayout.checkFolders(of: root)
        }
        if preparation.owner != nil { try give(to: getuid(), getgid()) }
    }

    private func run(
        _ step: PreparationStep, in preparation: any ImagePreparation
    ) throws(CodeBoxError) -> [String] {
        let outcome = Self.wait(cancellation) { () -> Result<[String], CodeBoxError> in
            do throws(CodeBoxError) {
                return .success(try await preparation.run(step))
            } catch {
                return .failure(error)
            }
        }
        try cancellation.check()
        return try outcome.get()
    }

    /// Changes the owner of everything in the image. No process of a step is alive meanwhile.
    private func give(to owner: UInt32, _ group: UInt32) throws(CodeBoxError) {
        try Self.give(root, to: owner, group)
        try TreeWalk.run(root) { (entry) throws(CodeBoxError) in
            // Nothing that a step made may run with its maker's rights, or be closed to it.
            if entry.kind == .file || entry.kind == .directory {
                let mode = entry.mode & 0o777 | (entry.kind == .directory ? 0o700 : 0o600)
                guard mode == entry.mode || chmod(entry.path, mode) == 0 else {
                    throw File.failure("set the mode of", entry.path)
                }
            }
            try Self.give(entry.path, to: owner, group)
            return true
        }
    }

    private static func give(
        _ path: String, to owner: UInt32, _ group: UInt32
    ) throws(CodeBoxError) {
        guard lchown(path, owner, group) == 0 else { throw File.failure("give away", path) }
    }

    private final class Answer<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
        let isThere = DispatchSemaphore(value: 0)
    }

    /// Waits on this thread, which is no thread of the concurrency pool, for asynchronous work.
    private static func wait<Value: Sendable>(
        _ cancellation: BuildCancellation? = nil, _ work: @escaping @Sendable () async -> Value
    ) -> Value {
        let answer = Answer<Value>()
        let task = Task {
            let value = await work()
            answer.value.withLock { $0 = value }
            answer.isThere.signal()
        }
        cancellation?.started { task.cancel() }
        while true {
            answer.isThere.wait()
            if let value = answer.value.withLock({ $0 }) {
                cancellation?.ended()
                return value
            }
        }
    }
}
