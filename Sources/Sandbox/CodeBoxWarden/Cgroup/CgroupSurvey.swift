package import CodeBoxCore

/// The cgroups that the kernel offers this process. A survey only reads.
package struct CgroupSurvey: Hashable, Sendable {
    /// One v1 hierarchy with controllers that CodeBox needs.
    package struct V1Hierarchy: Hashable, Sendable {
        package var controllers: Set<String>
        /// This process's own cgroup in it.
        package var directory: String

        package init(controllers: Set<String>, directory: String) {
            self.controllers = controllers
            self.directory = directory
        }
    }

    package static let v1Controllers: Set<String> = ["memory", "cpu", "cpuacct", "pids"]
    package static let v2Controllers: Set<String> = ["memory", "cpu", "pids"]

    /// In the order of the mounts, each controller once.
    package var v1: [V1Hierarchy]
    /// The unified hierarchy, if it is mounted and has every controller.
    package var v2: CgroupV2Site?
    /// Of the unified hierarchy, whether enough or not.
    package var unifiedControllers: Set<String>

    /// - Parameter controllers: what the unified hierarchy mounted there has.
    package init(
        cgroup: String, mountinfo: String, controllers: (_ mountPoint: String) -> Set<String>
    ) {
        let memberships = CgroupMembership.parse(cgroup)
        v1 = []
        v2 = nil
        unifiedControllers = []
        var covered: Set<String> = []
        for mount in CgroupMount.parse(mountinfo: mountinfo) {
            let mounted = Set(mount.controllers)
            guard
                let own = memberships.first(where: {
                    mount.isUnified
                        ? $0.controllers.isEmpty : !mounted.isDisjoint(with: $0.controllers)
                }), let directory = mount.directory(of: own.path)
            else { continue }
            if mount.isUnified {
                unifiedControllers.formUnion(controllers(mount.mountPoint))
                guard v2 == nil, Self.v2Controllers.isSubset(of: unifiedControllers) else {
                    continue
                }
                v2 = CgroupV2Site(own: directory, top: mount.mountPoint)
            } else {
                let needed = mounted.intersection(Self.v1Controllers).subtracting(covered)
                guard !needed.isEmpty else { continue }
                covered.formUnion(needed)
                v1.append(V1Hierarchy(controllers: needed, directory: directory))
            }
        }
    }

    /// Of the running system.
    package static func current() throws(CodeBoxError) -> CgroupSurvey {
        guard let cgroup = CgroupFile.text("/proc/self/cgroup"),
            let mountinfo = CgroupFile.text("/proc/self/mountinfo")
        else {
            throw CodeBoxError(
                .sandboxFailed,
                "can't read /proc/self/cgroup and /proc/self/mountinfo; mount a procfs at /proc")
        }
        return CgroupSurvey(cgroup: cgroup, mountinfo: mountinfo) {
            CgroupV2Site.words(in: $0 + "/cgroup.controllers")
        }
    }

    /// v2 if it has every controller, else v1.
    package var version: CgroupVersion? {
        if v2 != nil { return .v2 }
        return missingV1Controllers.isEmpty ? .v1 : nil
    }

    package var missingV1Controllers: Set<String> {
        v1.reduce(Self.v1Controllers) { $0.subtracting($1.controllers) }
    }
}
