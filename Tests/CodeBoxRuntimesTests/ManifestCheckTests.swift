import CodeBoxCore
import Foundation
import Testing

@testable import CodeBoxRuntimes

/// Each image here is a few files that a test lays down.
struct ManifestCheckTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("", to: "root/usr/bin/lang")
        #expect(chmod(scratch.path + "/root/usr/bin/lang", 0o755) == 0)
        #expect(symlink("usr/bin", scratch.path + "/root/bin") == 0)
    }

    private func faults(
        _ environment: [String: String] = [:], command: [String] = ["/usr/bin/lang"],
        links: [String: String] = [:]
    ) -> [String] {
        let manifest = RuntimeManifest(
            name: "lang", version: "1", entrypoint: "main.x", command: command,
            environment: environment, image: ImageRecipe(links: links))
        return ManifestCheck(manifest, rootfs: scratch.path + "/root").faults()
    }

    @Test("an image that holds all that is named has no fault")
    func whole() throws {
        for file in [
            "usr/lib/locale/C.utf8/LC_CTYPE", "usr/share/zoneinfo/Europe/Berlin",
            "etc/terminfo/x/xterm", "usr/share/lang/lib",
        ] { try scratch.write("", to: "root/" + file) }
        let environment = [
            "LANG": "C.UTF-8", "LC_ALL": "C", "LC_TIME": "POSIX", "TZ": "Europe/Berlin",
            "TERM": "xterm", "PATH": "/usr/bin:/bin", "HOME": "/workspace", "TMPDIR": "/tmp/own",
            "LANG_LIB": "/usr/share/lang/lib", "URL": "https://example.org/x", "MODE": "fast",
            "NULL": "/dev/null",
        ]
        let command = ["/bin/lang", "-l", "/usr/share/lang/lib", "{entrypoint}"]
        let links = ["usr/bin/l": "lang", "etc/l": "../usr/bin/lang", "var/tmp": "/tmp"]
        #expect(faults(environment, command: command, links: links).isEmpty)
    }

    @Test(
        "what a variable names and the image lacks is a fault that names both",
        arguments: [
            ("LANG", "C.UTF-8", "libc-bin"), ("LC_ALL", "de_DE.UTF-8", "localedef"),
            ("LC_CTYPE", "de_DE", "localedef"), ("TZ", "Europe/Berlin", "tzdata"),
            ("TZ", ":Europe/Berlin", "tzdata"), ("TZ", "UTC", "tzdata"),
            ("TERM", "xterm", "ncurses-base"), ("PATH", "/usr/bin:/opt/bin", "no /opt/bin"),
            ("LANG_HOME", "/usr/lib/lang", "no /usr/lib/lang"),
            ("TZ", ":/usr/share/x", "no /usr/share/x"), ("LOCPATH", "/nowhere", "no /nowhere"),
        ])
    func missing(name: String, value: String, part: String) throws {
        let faults = faults([name: value])
        #expect(faults.count == 1)
        let fault = try #require(faults.first)
        #expect(fault.hasPrefix("\(name)=\(value): "))
        #expect(fault.contains(part))
    }

    @Test(
        "a time zone that is a rule needs no file",
        arguments: ["UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "<+05>-5", ""])
    func rule(value: String) {
        #expect(faults(["TZ": value]).isEmpty)
    }

    @Test("a locale may be in the archive that localedef writes, under its whole name only")
    func archive() throws {
        try scratch.write("\0en_US.utf8\0", to: "root/usr/lib/locale/locale-archive")
        #expect(faults(["LANG": "en_US.UTF-8"]).isEmpty)
        #expect(faults(["LANG": "n_US.UTF-8"]).count == 1)
        #expect(faults(["LANG": "en_US.UTF-8@euro"]).count == 1)
    }

    @Test("a program that is missing, is a folder or may not be executed is a fault")
    func program() throws {
        try scratch.write("", to: "root/usr/bin/data")
        for path in ["/usr/bin/none", "/usr/bin/data", "/usr/bin", "/usr/bin/lang/x"] {
            #expect(faults(command: [path]) == ["command: the image has no program \(path)"])
        }
        #expect(faults(command: ["/usr/bin/lang", "/etc/none"]).count == 1)
    }

    @Test("a link that leads nowhere is a fault, and one out of the image leads nowhere")
    func links() throws {
        let outside = "/etc/passwd"
        #expect(faults(links: ["usr/bin/l": "none"]).count == 1)
        #expect(faults(links: ["usr/bin/l": outside]).count == 1)
        #expect(symlink(outside, scratch.path + "/root/etc") == 0)
        #expect(faults(["CONFIGURATION": "/etc"]).count == 1)
        // From the image's root, `..` leads to the root, as for a process in the sandbox.
        #expect(faults(links: ["usr/bin/l": "../../../../usr/bin/lang"]).isEmpty)
    }

    @Test("links in a circle end as missing")
    func circle() throws {
        #expect(symlink("b", scratch.path + "/root/a") == 0)
        #expect(symlink("a", scratch.path + "/root/b") == 0)
        #expect(faults(["LANG_HOME": "/a"]).count == 1)
    }
}
