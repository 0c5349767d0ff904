import CLinux
import CodeBoxSandbox
import CodeBoxSeccomp
import CodeBoxSupervisor
import Glibc

// Confines itself like the server, for tests: confinement can't be undone, so it needs a process:
//
//     server-probe landlock|both WRITABLE READABLE PORT ACTION=ARGUMENT...
//
// puts on the same rules (and, for `both`, the same filter) as the server does, with one folder to
// write in and one to read from, and prints for each action the errno that it met, 0 if none.
// Exit status 125 means that the probe itself could not go on.

func die(_ what: String) -> Never {
    let line = Array("server-probe: \(what)\n".utf8)
    _ = write(2, line, line.count)
    exit(125)
}

func confine(_ layers: String, writing: String, reading: String, port: Int) throws {
    guard cb_set_no_new_privs() == 0 else { die("no_new_privs") }
    let filter = try SeccompProgram.server()
    let rules = LandlockRules.server(
        writing: [writing], reading: [reading], runtimes: "/nonexistent", port: port)
    guard try rules.enforce() else { die("this kernel has no Landlock") }
    guard layers == "both" else { return }
    let result = filter.instructions.withUnsafeBytes {
        cb_install_filter($0.baseAddress, $0.count)
    }
    guard result == 0 else { die("seccomp") }
}

/// The errno of an opened descriptor, which is closed again.
func opened(_ descriptor: CInt) -> CInt {
    guard descriptor >= 0 else { return errno }
    close(descriptor)
    return 0
}

func code(_ result: CInt) -> CInt { result == 0 ? 0 : errno }

func withSocket(
    port: UInt16, _ body: (CInt, UnsafePointer<sockaddr>, socklen_t) -> CInt
) -> CInt {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            code(body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)))
        }
    }
}

func resolve(_ name: String) -> CInt {
    var found: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(name, nil, nil, &found)
    if let found { freeaddrinfo(found) }
    return result
}

func startThread() -> CInt {
    var thread = pthread_t()
    let result = pthread_create(&thread, nil, { _ in nil }, nil)
    return result == 0 ? pthread_join(thread, nil) : result
}

func act(_ action: Substring, _ argument: String) -> CInt {
    switch action {
    case "read": return opened(open(argument, O_RDONLY))
    case "list": return opened(open(argument, O_RDONLY | O_DIRECTORY))
    case "write": return opened(open(argument, O_WRONLY))
    case "create": return opened(open(argument, O_WRONLY | O_CREAT | O_EXCL, 0o600))
    case "truncate": return opened(open(argument, O_WRONLY | O_TRUNC))
    case "move": return code(rename(argument, argument + ".moved"))
    case "remove": return code(unlink(argument))
    case "folder": return code(mkdir(argument, 0o700))
    case "link": return code(symlink("/etc/passwd", argument))
    case "fifo": return code(mkfifo(argument, 0o600))
    case "bind": return withSocket(port: UInt16(argument) ?? 0) { bind($0, $1, $2) }
    case "connect": return withSocket(port: UInt16(argument) ?? 0) { connect($0, $1, $2) }
    case "signal": return code(kill(pid_t(argument) ?? 0, 0))
    case "resolve": return resolve(argument)
    case "thread": return startThread()
    case "exec":
        let words = [strdup(argument), nil]
        return code(execv(argument, words))
    default: die("no action is called \(action)")
    }
}

let words = CommandLine.arguments.dropFirst().map { $0 }
guard words.count > 4, let port = Int(words[3]) else { die("too few arguments") }
do {
    try confine(words[0], writing: words[1], reading: words[2], port: port)
} catch {
    die("\(error)")
}
for word in words.dropFirst(4) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let found = act(parts[0], parts.count > 1 ? String(parts[1]) : "")
    // At once: an action may end this process.
    let line = Array("\(found)\n".utf8)
    _ = write(1, line, line.count)
}
