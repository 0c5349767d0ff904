import CSeccomp
package import CodeBoxSeccomp
import Glibc
import Testing

/// Installs a compiled filter for real, in a probe of its own, and sees what calls meet there.
package struct FilterProbe {
    package var program: SeccompProgram

    package init(program: SeccompProgram) { self.program = program }

    /// The errno of each call, 0 where it succeeds.
    /// - Parameter calls: `name,argument…`; a number may stand for the name.
    package func errnos(_ calls: [String]) throws -> [CInt] {
        let ending = try run(["call"] + calls.map(numbered))
        #expect(ending.exitCode == 0)
        return ending.output.split(separator: "\n").compactMap { CInt($0) }
    }

    /// How one action of the probe ends.
    package func run(_ action: [String]) throws -> SandboxProbe.Ending {
        var path = Array("/tmp/codebox-filter-XXXXXX".utf8CString)
        let fd = mkstemp(&path)
        try #require(fd >= 0)
        defer {
            close(fd)
            unlink(path)
        }
        let written = program.instructions.withUnsafeBytes { write(fd, $0.baseAddress, $0.count) }
        try #require(written == program.instructions.count)
        let file = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        return try SandboxProbe.run(["--filter", file] + action)
    }

    private func numbered(_ call: String) throws -> String {
        let parts = call.split(separator: ",", maxSplits: 1)
        if Int(parts[0]) != nil { return call }
        let number = seccomp_syscall_resolve_name(String(parts[0]))
        try #require(number >= 0)
        return ([String(number)] + parts.dropFirst().map(String.init)).joined(separator: ",")
    }
}
