import CodeBoxWarden
import Testing

@Suite("Subordinate ids")
struct SubordinateIDsTests {
    private func largest(_ text: String) -> SubordinateIDs.Range? {
        SubordinateIDs.largest(in: text, uid: 1000, name: "ada")
    }

    @Test("a user's largest range is taken, by name or by uid")
    func largestRange() {
        let text = "bob:1:900000\nada:100000:65536\n1000:300000:131072\nada:500000:4096\n"
        #expect(largest(text) == SubordinateIDs.Range(first: 300_000, count: 131_072))
        #expect(largest("ada:100000:65536") == SubordinateIDs.Range(first: 100_000, count: 65_536))
    }

    @Test(
        "a line that is damaged, too small or past the last id gives no range",
        arguments: [
            "", "bob:100000:65536", "ada:100000", "ada:100000:65536:", "ada:x:65536",
            "ada:0:65536", "ada:100000:4095", "ada:4294967295:65536", "ada:-1:65536",
        ])
    func noRange(_ text: String) {
        #expect(largest(text) == nil)
    }
}
