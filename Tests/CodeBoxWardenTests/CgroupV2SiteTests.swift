import CodeBoxCore
import CodeBoxWarden
import Glibc
import Testing

/// The choice of a place in the unified hierarchy, on directories that look like one.
@Suite("CgroupV2Site")
struct CgroupV2SiteTests {
    private let top: String

    init() throws {
        var template = Array("/tmp/codebox-cgroup2-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        top = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// A cgroup's directory, with controllers available and those enabled for children.
    private func make(_ path: String, _ available: String, enabled: String) throws {
        try #require(mkdir(top + path, 0o755) == 0 || errno == EEXIST)
        let files = ["controllers": available, "subtree_control": enabled, "procs": ""]
        for (name, text) in files {
            let file = try #require(fopen(top + path + "/cgroup." + name, "w"))
            fputs(text + "\n", file)
            fclose(file)
        }
    }

    private func removeAll() {
        for path in ["/unit/codebox-service", "/unit", ""] {
            for name in ["controllers", "subtree_control", "procs"] {
                unlink(top + path + "/cgroup." + name)
            }
            rmdir(top + path)
        }
    }

    @Test("a cgroup whose children have the controllers is taken as it is")
    func ready() throws {
        defer { removeAll() }
        try make("", "cpu memory pids io", enabled: "cpu memory pids")
        let choice = try CgroupV2Site(own: top, top: top).choose(isRoot: true)
        #expect(choice.base == top)
        #expect(choice.toEnable.isEmpty)
    }

    @Test("a container's top is emptied into a child")
    func container() throws {
        defer { removeAll() }
        try make("", "cpu memory pids", enabled: "pids")
        let choice = try CgroupV2Site(own: top, top: top).choose(isRoot: true)
        #expect(choice == .init(base: top, toEnable: ["cpu", "memory"], mayMove: true))
    }

    @Test("root in a cgroup that was not delegated goes to the top and moves nothing")
    func rootInSession() throws {
        defer { removeAll() }
        try make("", "cpu memory pids", enabled: "memory pids")
        try make("/unit", "memory pids", enabled: "")
        let choice = try CgroupV2Site(own: top + "/unit", top: top).choose(isRoot: true)
        #expect(choice == .init(base: top, toEnable: ["cpu"], mayMove: false))
    }

    @Test("an ordinary user's own cgroup is arranged")
    func user() throws {
        defer { removeAll() }
        try make("", "cpu memory pids", enabled: "cpu memory pids")
        try make("/unit", "cpu memory pids", enabled: "")
        let choice = try CgroupV2Site(own: top + "/unit", top: top).choose(isRoot: false)
        #expect(choice.base == top + "/unit")
        #expect(choice.mayMove)
    }

    @Test("a process that was moved before finds its unit again, and moves nothing")
    func moved() throws {
        defer { removeAll() }
        try make("", "cpu memory pids", enabled: "cpu memory pids")
        try make("/unit", "cpu memory pids", enabled: "cpu memory pids")
        try make("/unit/codebox-service", "cpu memory pids", enabled: "")
        let site = CgroupV2Site(own: top + "/unit/codebox-service", top: top)
        for isRoot in [true, false] {
            let choice = try site.choose(isRoot: isRoot)
            #expect(choice == .init(base: top + "/unit", toEnable: [], mayMove: false))
        }
    }

    @Test("without the cpu controller an ordinary user is told how to have it delegated")
    func notDelegated() throws {
        defer { removeAll() }
        try make("", "cpu memory pids", enabled: "memory pids")
        try make("/unit", "memory pids", enabled: "")
        let error = try #require(throws: CodeBoxError.self) {
            try CgroupV2Site(own: top + "/unit", top: top).choose(isRoot: false)
        }
        #expect(error.code == .sandboxFailed)
        #expect(error.message.contains("lacks cpu"))
        #expect(error.message.contains("Delegate=memory cpu pids"))
    }
}
