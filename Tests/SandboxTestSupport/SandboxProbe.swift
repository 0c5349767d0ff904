package import Glibc

/// Runs `sandbox-probe`, which is built beside the tests.
package struct SandboxProbe {
    package struct Ending: Equatable {
        package var exitCode: CInt?
        package var signal: CInt?
        package var output: String

        package init(exitCode: CInt?, signal: CInt?, output: String) {
            self.exitCode = exitCode
            self.signal = signal
            self.output = output
        }
    }

    package struct Failure: Error {
        package var what: String
        package var errno: CInt

        package init(what: String, errno: CInt) {
            self.what = what
            self.errno = errno
        }
    }

    /// A probe that runs; reaped by ``wait()``.
    package struct Running {
        package let pid: pid_t
        package let output: CInt

        /// Until it has joined its cgroups and sleeps.
        package func waitUntilReady() throws {
            var line = [UInt8](repeating: 0, count: 6)
            guard read(output, &line, line.count) == line.count else {
                throw Failure(what: "the probe's first line", errno: errno)
            }
        }

        package func wait() throws -> Ending {
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 4096)
            while true {
                let got = read(output, &piece, piece.count)
                if got <= 0 { break }
                bytes += piece[..<got]
            }
            close(output)
            var status: CInt = 0
            guard waitpid(pid, &status, 0) == pid else {
                throw Failure(what: "waitpid", errno: errno)
            }
            let signal = status & 0x7f
            return Ending(
                exitCode: signal == 0 ? status >> 8 & 0xff : nil,
                signal: signal == 0 ? nil : signal,
                output: String(decoding: bytes, as: UTF8.self))
        }
    }

    package static func run(_ arguments: [String], joining fds: [CInt] = []) throws -> Ending {
        try start(arguments, joining: fds).wait()
    }

    /// - Parameter fds: cgroup files into which the probe writes itself, first of all.
    package static func start(_ arguments: [String], joining fds: [CInt] = []) throws -> Running {
        var ends: [CInt] = [-1, -1]
        // A pipe would not be close-on-exec from its first moment, and tests run side by side.
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw Failure(what: "make a socket pair", errno: errno)
        }
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        // The test runner's threads block signals, and their children would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words = [path]
        for (index, fd) in fds.enumerated() {
            let number = CInt(100 + index)
            posix_spawn_file_actions_adddup2(&actions, fd, number)
            words += ["--join", String(number)]
        }
        var argv = (words + arguments).map { strdup($0) } + [nil]
        defer { for word in argv { free(word) } }
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, path, &actions, &attributes, &argv, environ)
        guard failure == 0 else {
            close(ends[0])
            throw Failure(what: "start \(path)", errno: failure)
        }
        return Running(pid: pid, output: ends[0])
    }

    private static var path: String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer[..<max(0, length)], as: UTF8.self)
        return own[..<(own.lastIndex(of: "/") ?? own.startIndex)] + "/sandbox-probe"
    }
}
