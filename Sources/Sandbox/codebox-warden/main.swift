import CodeBoxCore
import CodeBoxSystem
import CodeBoxWarden
import Glibc

// The one privileged process. `codebox serve` and `codebox run` start it; see ``WardenOptions``.
//
// It is a program of its own so that root runs none of the server's code: no HTTP, no database, no
// JSON or YAML.
let arguments = Array(CommandLine.arguments.dropFirst())
if arguments == ["--version"] {
    print(Version.text)
    exit(0)
}
do throws(CodeBoxError) {
    WardenMain.run(try WardenOptions(arguments: arguments))
} catch {
    writeToStandardError("codebox-warden: \(error.message)")
    // As `codebox` ends where its command line is wrong.
    exit(64)
}
