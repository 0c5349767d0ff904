package import CodeBoxCore

/// What runs in a sandbox. It goes to the sandbox over the job's socket; the warden never sees it.
package struct SandboxProgram: Sendable {
    /// argv; the first is an absolute path inside the image.
    package var command: [String]
    /// The whole environment; nothing is inherited.
    package var environment: [String: String]
    /// Laid into the workspace, which is the program's working directory.
    package var files: [JobFile]
    /// Sent to its standard input, which is then closed.
    package var stdin: [UInt8]
    /// Takes the writing end of its standard input, a blocking pipe, in place of ``stdin``: for
    /// input that comes while the program runs. It is called once, on the client's thread, when the
    /// program was sent; it owns the descriptor from then on, and must not block.
    package var onInputPipe: (@Sendable (CInt) -> Void)?
    /// Whether an interpreter forked from a zygote may run the program, where there is one. False
    /// if the program needs a fresh interpreter: because of a variable that is read at its start,
    /// an entry file that is no source, or a client that does not want to share an address layout
    /// with other jobs.
    package var mayFork: Bool
    /// Whether the program's stderr is its stdout.
    package var mergesOutput: Bool
    /// The heap that an interpreter is told that is exec'ed for the program; nil if it needs to be
    /// told nothing, or its command tells it. MiB.
    package var heapMiB: Int?

    package init(
        command: [String], environment: [String: String] = [:], files: [JobFile] = [],
        stdin: [UInt8] = [], mayFork: Bool = false, mergesOutput: Bool = false,
        heapMiB: Int? = nil
    ) {
        self.command = command
        self.environment = environment
        self.files = files
        self.stdin = stdin
        self.mayFork = mayFork
        self.mergesOutput = mergesOutput
        self.heapMiB = heapMiB
    }
}
