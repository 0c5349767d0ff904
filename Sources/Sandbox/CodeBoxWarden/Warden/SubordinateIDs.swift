import CodeBoxCore
import CodeBoxSystem
import Glibc

/// The ranges of ids that the administrator gave an ordinary user in /etc/subuid and /etc/subgid
/// (subuid(5)). With them each of the user's sandboxes has host ids of its own.
package struct SubordinateIDs: Sendable {
    /// A range of host ids.
    package struct Range: Hashable, Sendable {
        package var first: UInt32
        package var count: UInt32

        package init(first: UInt32, count: UInt32) {
            self.first = first
            self.count = count
        }
    }

    /// A smaller range would give the same ids again too soon.
    private static let leastCount: UInt32 = 4096
    /// Where Debian and others install them, with the right to write any map that subuid(5) allows.
    private static let folders = ["/usr/bin", "/bin", "/usr/local/bin"]

    package var users: Range
    package var groups: Range
    private let programs: (users: String, groups: String)

    /// Those of the user that this process runs as.
    /// - Returns: nil if the user has no range, or if the programs that map it are missing:
    ///   ``lack`` says which.
    package static func current() -> SubordinateIDs? {
        guard let users = range(in: "/etc/subuid"), let groups = range(in: "/etc/subgid"),
            let first = program("newuidmap"), let second = program("newgidmap")
        else { return nil }
        return SubordinateIDs(users: users, groups: groups, programs: (first, second))
    }

    /// What is missing for ``current()``, for `codebox doctor`; nil if nothing is.
    package static var lack: String? {
        if range(in: "/etc/subuid") == nil { return "no range in /etc/subuid" }
        if range(in: "/etc/subgid") == nil { return "no range in /etc/subgid" }
        if program("newuidmap") == nil || program("newgidmap") == nil { return "no newuidmap" }
        return nil
    }

    private init(users: Range, groups: Range, programs: (String, String)) {
        self.users = users
        self.groups = groups
        self.programs = programs
    }

    // MARK: The ranges

    private static func range(in path: String) -> Range? {
        guard let bytes = readSmallFile(path) else { return nil }
        let name = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
        return largest(
            in: String(decoding: bytes, as: UTF8.self), uid: geteuid(), name: name)
    }

    /// The user's largest range; nil if none is large enough. A line is `USER:FIRST:COUNT`, with
    /// the user's name or uid.
    package static func largest(in text: String, uid: UInt32, name: String?) -> Range? {
        var best: Range?
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count == 3, fields[0] == "\(uid)" || String(fields[0]) == name,
                let first = UInt32(fields[1]), let count = UInt32(fields[2]), first > 0,
                count >= max(leastCount, (best?.count ?? 0) + 1),
                !first.addingReportingOverflow(count).overflow
            else { continue }
            best = Range(first: first, count: count)
        }
        return best
    }

    private static func program(_ name: String) -> String? {
        folders.map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
    }

    // MARK: Mapping

    /// Maps root of a process's new user namespace to this user, and the ids from 1 on to the
    /// ranges.
    func map(_ pid: CInt) throws(CodeBoxError) {
        try run(programs.users, "newuidmap", pid, own: geteuid(), users)
        try run(programs.groups, "newgidmap", pid, own: getegid(), groups)
    }

    private func run(
        _ program: String, _ name: String, _ pid: CInt, own: UInt32, _ range: Range
    ) throws(CodeBoxError) {
        let (status, words): (CInt, String)
        do throws(SystemError) {
            let output = try Pipe()
            var launch = ChildLaunch(
                program,
                arguments: [
                    name, "\(pid)", "0", "\(own)", "1", "1", "\(range.first)", "\(range.count)",
                ])
            launch.output = output.writing.number
            let child = try launch.start()
            var ended: CInt = 0
            while waitpid(child, &ended, 0) < 0, errno == EINTR { continue }
            (status, words) = (ended, Self.read(output.readingEnd()))
        } catch {
            throw Self.failure(program, error.description)
        }
        guard status == 0 else { throw Self.failure(program, words) }
    }

    /// What the program, which has ended, wrote.
    private static func read(_ output: consuming Descriptor) -> String {
        Descriptor.setNonBlocking(output.number)
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = Glibc.read(output.number, &buffer, buffer.count)
        let text = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        return text.split(separator: "\n").joined(separator: "; ")
    }

    private static func failure(_ program: String, _ words: String) -> CodeBoxError {
        CodeBoxError(
            .wardenUnavailable,
            "\(program) can't map this user's subordinate ids: \(words); mend that, or remove the "
                + "user's lines from /etc/subuid and /etc/subgid: all sandboxes then have the "
                + "user's own id")
    }
}
