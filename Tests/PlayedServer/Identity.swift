import Glibc

/// Who the played server is: the service user, without any capability, as a server is once it has
/// given up its privilege.
enum Identity {
    /// - Returns: what went wrong; nil once this process is that user for good.
    static func become(uid: uid_t, gid: gid_t) -> String? {
        guard uid != 0 else { return "the service user must not be root" }
        var none = gid
        guard setgroups(0, &none) == 0 else { return "setgroups: \(errorText())" }
        // As root these set the real, the effective and the saved ones.
        guard setgid(gid) == 0 else { return "setgid: \(errorText())" }
        guard setuid(uid) == 0 else { return "setuid: \(errorText())" }
        guard setuid(0) != 0, seteuid(0) != 0 else { return "root can be taken back" }
        return nil
    }

    /// The effective capabilities, as /proc tells; 0 means none.
    static var capabilities: UInt64? {
        guard let status = readText("/proc/self/status"),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") })
        else { return nil }
        return UInt64(line.split(separator: "\t").last ?? "", radix: 16)
    }
}

func errorText() -> String { String(cString: strerror(errno)) }

/// A small file; nil if it can't be read.
func readText(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = read(file, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
}
