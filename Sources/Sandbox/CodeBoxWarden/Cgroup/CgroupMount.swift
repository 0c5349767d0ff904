/// One mounted cgroup hierarchy, as `/proc/self/mountinfo` tells it.
package struct CgroupMount: Hashable, Sendable {
    /// v1 controllers (`cpu`, `cpuacct`); empty for the unified hierarchy of v2.
    package var controllers: [String]
    package var isUnified: Bool
    /// The part of the hierarchy that is mounted, seen from this process's cgroup namespace.
    package var root: String
    package var mountPoint: String

    /// Lines that aren't cgroup mounts are left out.
    package static func parse(mountinfo: String) -> [CgroupMount] {
        mountinfo.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            // Between the mount's options and the dash stand any number of optional fields.
            guard let dash = fields.dropFirst(6).firstIndex(of: "-"), fields.count > dash + 3 else {
                return nil
            }
            let type = fields[dash + 1]
            guard type == "cgroup" || type == "cgroup2" else { return nil }
            let options = fields[dash + 3].split(separator: ",").map(String.init)
            return CgroupMount(
                controllers: type == "cgroup" ? options : [], isUnified: type == "cgroup2",
                root: unescaped(fields[3]), mountPoint: unescaped(fields[4]))
        }
    }

    /// Where the cgroup of that path is in the file system; nil if it lies outside of what is
    /// mounted, as in a container that sees only its own part.
    package func directory(of path: String) -> String? {
        guard !path.hasPrefix("/.."), !root.hasPrefix("/..") else { return nil }
        if root == "/" { return path == "/" ? mountPoint : mountPoint + path }
        if path == root { return mountPoint }
        return path.hasPrefix(root + "/") ? mountPoint + path.dropFirst(root.count) : nil
    }

    /// Space, tab, newline and backslash stand in mountinfo as three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
