import CodeBoxCore
import Testing

@testable import CodeBoxRuntimes

struct DebianSourcesTests {
    private let targets = [
        "http://mirror.example/debian-security/ Debian-Security",
        "http://mirror.example/debian/ Debian",
        "http://mirror.example/other/ Debian",
    ]

    @Test("packages, updates and security fixes come from the mirrors that apt is set up with")
    func configured() {
        #expect(
            DebianSources.lines(suite: "trixie", targets: targets, override: nil) == [
                "deb http://mirror.example/debian/ trixie main",
                "deb http://mirror.example/debian/ trixie-updates main",
                "deb http://mirror.example/debian-security/ trixie-security main",
            ])
    }

    @Test("a mirror that the admin names goes before apt's")
    func override() {
        let lines = DebianSources.lines(
            suite: "trixie", targets: targets, override: "http://named.example/debian")
        #expect(lines.first == "deb http://named.example/debian trixie main")
        #expect(
            DebianSources.lines(suite: "trixie", targets: targets, override: "").first
                == "deb http://mirror.example/debian/ trixie main")
    }

    @Test("without any Debian mirror, mmdebstrap's own default is left to it")
    func none() {
        #expect(DebianSources.lines(suite: "trixie", targets: [], override: nil).isEmpty)
    }

    @Test("the names of package files become sorted lock lines")
    func lock() throws {
        let list = "b_1%3a2.0-1_amd64.deb\na_1.0+x~y_all.deb\nb_1%3a2.0-1_amd64.deb\n"
        #expect(try DebianRoot.lock(list) == ["a 1.0+x~y", "b 1:2.0-1"])
        #expect(throws: CodeBoxError.self) { try DebianRoot.lock("odd.deb\n") }
    }
}
