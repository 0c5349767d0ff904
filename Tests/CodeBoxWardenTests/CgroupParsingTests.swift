import CodeBoxCore
import CodeBoxWarden
import Testing

@Suite("What the kernel says of cgroups")
struct CgroupParsingTests {
    @Test("the mounts of a hybrid system give v1, each controller once, in the own cgroup")
    func hybrid() {
        let survey = CgroupSurvey(
            cgroup: """
                5:pids:/
                4:memory:/jobs/one
                3:cpu,cpuacct:/
                1:name=systemd:/init.scope
                0::/
                """,
            mountinfo: """
                31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
                32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct
                35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
                36 31 0:32 / /mnt/again rw,relatime - cgroup cgroup rw,memory
                39 31 0:36 / /sys/fs/cgroup/pids rw,relatime shared:7 master:3 - cgroup cgroup rw,pids
                40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
                41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate
                """
        ) { $0 == "/sys/fs/cgroup/unified" ? ["hugetlb"] : [] }
        #expect(survey.version == .v1)
        #expect(
            survey.v1 == [
                .init(controllers: ["cpu", "cpuacct"], directory: "/sys/fs/cgroup/cpu,cpuacct"),
                .init(controllers: ["memory"], directory: "/sys/fs/cgroup/memory/jobs/one"),
                .init(controllers: ["pids"], directory: "/sys/fs/cgroup/pids"),
            ])
        #expect(survey.unifiedControllers == ["hugetlb"])
    }

    @Test("a unified hierarchy with the controllers gives v2, in the own cgroup")
    func unified() {
        let survey = CgroupSurvey(
            cgroup: "0::/system.slice/codebox.service\n",
            mountinfo: "26 23 0:23 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n"
        ) { _ in ["cpuset", "cpu", "io", "memory", "pids"] }
        #expect(survey.version == .v2)
        let site = CgroupV2Site(
            own: "/sys/fs/cgroup/system.slice/codebox.service", top: "/sys/fs/cgroup")
        #expect(survey.v2 == site)
    }

    @Test("with a controller missing everywhere there is no version, and the report names it")
    func missing() {
        let survey = CgroupSurvey(
            cgroup: "2:cpu,cpuacct:/\n1:pids:/\n0::/\n",
            mountinfo: """
                32 31 0:29 / /c/cpu rw - cgroup cgroup rw,cpu,cpuacct
                39 31 0:36 / /c/pids rw - cgroup cgroup rw,pids
                """
        ) { _ in [] }
        let report = CgroupReport(survey)
        #expect(survey.version == nil)
        #expect(!report.isUsable)
        #expect(report.missing == ["memory"])
        #expect(report.found == ["cpu", "cpuacct", "pids"])
        #expect(report.problem?.contains("no hierarchy has memory") == true)
    }

    @Test("a mount of a part of a hierarchy is reckoned with, and what lies outside is not reached")
    func partialMounts() throws {
        let mount = try #require(
            CgroupMount.parse(
                mountinfo: "5 4 0:9 /docker/a /sys/fs/cgroup/my\\040pids ro - cgroup cgroup rw,pids"
            ).first)
        #expect(mount.mountPoint == "/sys/fs/cgroup/my pids")
        #expect(mount.directory(of: "/docker/a") == "/sys/fs/cgroup/my pids")
        #expect(mount.directory(of: "/docker/a/b") == "/sys/fs/cgroup/my pids/b")
        #expect(mount.directory(of: "/docker/ab") == nil)
        #expect(mount.directory(of: "/") == nil)
        #expect(mount.directory(of: "/../b") == nil)
    }

    @Test("a path with colons is read whole")
    func colons() {
        #expect(
            CgroupMembership.parse("0::/a:b/c\n") == [.init(controllers: [], path: "/a:b/c")])
    }

    @Test("a folder's name tells its owner, and no other name does")
    func owners() throws {
        let owner = CgroupOwner(pid: 12, startTime: 3456)
        #expect(owner.folderName == "codebox-12-3456")
        #expect(CgroupOwner(folderName: "codebox-12-3456") == owner)
        for name in [
            "codebox-12", "codebox-012-3456", "codebox-12-3456-7", "codebox-12-",
            "codebox--12-3456",
            "codebox-12-+3456", "codeboxes-12-3456", "codebox-0-1", "codebox-service", "x",
        ] {
            #expect(CgroupOwner(folderName: name) == nil, "\(name)")
        }
        var current = try CgroupOwner.current()
        #expect(current.isAlive)
        current.startTime -= 1
        #expect(!current.isAlive)
    }
}
