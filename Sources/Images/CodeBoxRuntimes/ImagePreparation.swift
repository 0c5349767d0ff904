package import CodeBoxCore

/// Runs the `prepare` steps of one build. Each step has a new sandbox, whose root is the unfinished
/// image and can be written to.
///
/// The executable brings an implementation, because images know nothing of sandboxes.
package protocol ImagePreparation: Sendable {
    /// The uid that must own the image's files while steps run; nil if the build's user does.
    var owner: UInt32? { get }

    /// Runs one step to its end. Nothing of its sandbox is left when this returns.
    ///
    /// Canceling the task kills the step.
    /// - Returns: the last lines of what the step wrote to its two outputs.
    /// - Throws: `imageFailed` if the step fails or exceeds a limit, with these lines as the cause;
    ///   `sandboxFailed` or `wardenUnavailable` if there is no sandbox for it.
    func run(_ step: PreparationStep) async throws(CodeBoxError) -> [String]

    /// Puts away what the steps needed.
    func end() async
}

/// A `prepare` step of an image.
package struct PreparationStep: Sendable {
    /// argv; the first is an absolute path inside the image.
    package let command: [String]
    /// The whole environment.
    package let environment: [String: String]

    init(_ command: [String]) {
        self.command = command
        // Python orders sets by hash; a fixed seed makes compiled files identical.
        environment = [
            "PATH": "/usr/sbin:/usr/bin", "LANG": "C.UTF-8", "HOME": "/tmp",
            "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": ImageLayout.epochText,
        ]
    }

    /// The step as messages show it.
    package var text: String { command.joined(separator: " ") }
}
