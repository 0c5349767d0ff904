import Foundation
import Glibc

/// A program started by a test: its exit and its output can be waited for.
final class ChildProcess: Sendable {
    enum Exit: Equatable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    struct SpawnFailed: Error, CustomStringConvertible {
        var description: String
    }

    /// Hidden from Swift by glibc's feature macros; without it another thread's child could inherit
    /// an end of the pipe.
    private static let pipe2 = dlsym(nil, "pipe2").map {
        unsafeBitCast(
            $0, to: (@convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32).self)
    }

    let pid: pid_t
    let stdout: OutputCollector
    let stderr: OutputCollector
    private let exit = Latch<Exit>()

    /// Starts the program with default signal dispositions and no blocked signal.
    /// - Parameter stdin: written to its standard input, which is then closed.
    /// - Parameter inherited: descriptors it gets, beyond 0, 1 and 2, under the same number.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], stdin: [UInt8] = [],
        inherited: [Int32] = []
    ) throws {
        signal(SIGPIPE, SIG_IGN)
        let input = try Self.pipe()
        let output = try Self.pipe()
        let errors = try Self.pipe()

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.read, 0)
        posix_spawn_file_actions_adddup2(&actions, output.write, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.write, 2)
        for descriptor in inherited {
            posix_spawn_file_actions_adddup2(&actions, descriptor, descriptor)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        argv.append(nil)
        // Sorted, as a job's variables are: some programs print them.
        var envp: [UnsafeMutablePointer<CChar>?] = environment.sorted { $0.key < $1.key }
            .map { strdup("\($0)=\($1)") }
        envp.append(nil)
        defer { for pointer in argv + envp { free(pointer) } }

        var pid: pid_t = 0
        let status = posix_spawn(&pid, path, &actions, &attributes, argv, envp)
        close(input.read)
        close(output.write)
        close(errors.write)
        guard status == 0 else {
            for descriptor in [input.write, output.read, errors.read] { close(descriptor) }
            throw SpawnFailed(description: "\(path): \(String(cString: strerror(status)))")
        }
        self.pid = pid
        stdout = OutputCollector(reading: output.read)
        stderr = OutputCollector(reading: errors.read)
        Thread { Self.write(stdin, to: input.write) }.start()
        Thread { [exit, child = pid] in exit.set(Self.awaitExit(of: child)) }.start()
    }

    var hasExited: Bool { exit.current != nil }

    /// nil if it still runs after `limit`.
    func wait(within limit: Duration) async -> Exit? {
        await exit.value(within: limit)
    }

    func send(_ signal: Int32) {
        guard !hasExited else { return }
        kill(pid, signal)
    }

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard let pipe2, pipe2(&ends, O_CLOEXEC) == 0 else {
            throw SpawnFailed(description: "pipe2: \(String(cString: strerror(errno)))")
        }
        return (ends[0], ends[1])
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        close(descriptor)
    }

    private static func awaitExit(of pid: pid_t) -> Exit {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
    }
}
