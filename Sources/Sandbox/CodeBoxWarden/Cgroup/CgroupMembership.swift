/// The cgroup of this process in one hierarchy: a line of `/proc/self/cgroup`.
package struct CgroupMembership: Hashable, Sendable {
    /// Empty for the unified hierarchy.
    package var controllers: [String]
    package var path: String

    package init(controllers: [String], path: String) {
        self.controllers = controllers
        self.path = path
    }

    package static func parse(_ text: String) -> [CgroupMembership] {
        text.split(separator: "\n").compactMap { line in
            // The path may hold colons.
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return nil }
            return CgroupMembership(
                controllers: parts[1].split(separator: ",").map(String.init),
                path: String(parts[2]))
        }
    }
}
