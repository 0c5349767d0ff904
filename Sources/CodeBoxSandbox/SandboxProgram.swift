package import CodeBoxCore

/// What is to run in a sandbox. It goes to the sandbox over its own socket; the warden never sees it.
package struct SandboxProgram: Sendable {
    /// argv; the first is an absolute path inside the image.
    package var command: [String]
    /// The whole environment; nothing is inherited.
    package var environment: [String: String]
    /// Laid into the workspace, which is the program's working directory.
    package var files: [JobFile]
    /// Sent to its standard input, which is then closed.
    package var stdin: [UInt8]
    /// Whether a forked interpreter may go on with it, where there is one. False where something
    /// asks for an interpreter of its own: a variable that is read at its start, another entry file,
    /// or somebody who does not want to share an address layout with other jobs.
    package var mayContinue: Bool

    package init(
        command: [String], environment: [String: String] = [:], files: [JobFile] = [],
        stdin: [UInt8] = [], mayContinue: Bool = false
    ) {
        self.command = command
        self.environment = environment
        self.files = files
        self.stdin = stdin
        self.mayContinue = mayContinue
    }
}
