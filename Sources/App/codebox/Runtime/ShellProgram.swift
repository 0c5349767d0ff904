import CodeBoxCore
import CodeBoxRuntimes
import Glibc

/// The program that gives a prompt in an image: bash, else the runtime's own interpreter.
struct ShellProgram {
    var command: [String]
    /// What to tell the user about the choice; nil if there is nothing to tell.
    var note: String?

    private static let bash = "/usr/bin/bash"

    /// - Parameters:
    ///   - runtime: the image and its manifest.
    ///   - limits: the limits of the session, which the interpreter's heap follows.
    init(of runtime: InstalledRuntime, limits: Limits) {
        let manifest = runtime.manifest
        guard !Self.exists(Self.bash, in: runtime) else {
            self.init(bashFor: manifest)
            return
        }
        self.init(command: Self.interactive(manifest, limits))
        note = "\(manifest.name) has no bash; this is \(command.joined(separator: " "))"
    }

    /// A command of the user's own.
    init(command: [String]) {
        self.command = command
    }

    /// bash without a terminal says at its start that it has no job control. It starts with its
    /// errors hidden, and shows them from its first prompt on. The first bash, which is not
    /// interactive, forgets the prompt that it inherits, so it sets the second one's.
    private init(bashFor manifest: RuntimeManifest) {
        let script = """
            exec 3>&2 2>/dev/null
            export PS1='\(manifest.name):\\w\\$ '
            export PROMPT_COMMAND='exec 2>&3 3>&-; unset PROMPT_COMMAND'
            exec \(Self.bash) --noprofile --norc --noediting -i
            """
        command = [Self.bash, "-c", script]
    }

    /// The manifest's command with the switch for a prompt in place of the file to run. Without a
    /// terminal, Python would keep its output until much of it has gathered.
    private static func interactive(_ manifest: RuntimeManifest, _ limits: Limits) -> [String] {
        let switches = manifest.zygote?.kind == .python ? ["-u", "-q", "-i"] : ["-i"]
        let line = manifest.commandLine(entrypoint: manifest.entrypoint, limits: limits)
        guard let place = manifest.command.firstIndex(of: "{entrypoint}") else {
            return line + switches
        }
        return Array(line[..<place]) + switches + Array(line[(place + 1)...])
    }

    /// Whether the image has the file. A link in it, which may be meant for its own root, is not
    /// followed.
    private static func exists(_ path: String, in runtime: InstalledRuntime) -> Bool {
        var status = stat()
        return lstat(runtime.rootfs + path, &status) == 0
    }
}
