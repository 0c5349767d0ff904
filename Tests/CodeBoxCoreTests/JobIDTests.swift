import CodeBoxCore
import Foundation
import Testing

@Suite("JobID")
struct JobIDTests {
    @Test("an id is a UUID of version 7 and the RFC's variant, in lower case")
    func shape() {
        for _ in 0..<200 {
            let text = Array(JobID().description)
            #expect(text.count == 36)
            #expect(text[14] == "7")
            #expect("89ab".contains(text[19]))
            #expect(String(text) == String(text).lowercased())
            #expect(UUID(uuidString: String(text)) != nil)
        }
    }

    @Test("it begins with the milliseconds of its creation")
    func time() {
        // RFC 9562, appendix A.6: 2022-02-22T19:22:22Z is 0x017F22E279B0.
        let id = JobID(at: Timestamp(microseconds: 1_645_557_742_000_999))
        #expect(id.description.hasPrefix("017f22e2-79b0-7"))
        #expect(JobID(at: Timestamp(microseconds: -5)).description.hasPrefix("00000000-0000-7"))
    }

    @Test("ids sort by their creation, as values and as text")
    func order() {
        let ids = (0..<500).map {
            JobID(at: Timestamp(microseconds: 1_700_000_000_000_000 + $0 * 1000))
        }
        #expect(ids.shuffled().sorted() == ids)
        #expect(ids.map(\.description).shuffled().sorted() == ids.map(\.description))
    }

    @Test("ten thousand ids of one instant are all different")
    func unique() {
        let instant = Timestamp.now
        #expect(Set((0..<10_000).map { _ in JobID(at: instant) }).count == 10_000)
    }

    @Test("its text reads back, alone and in JSON")
    func roundTrip() throws {
        let id = JobID()
        #expect(JobID(id.description) == id)
        let json = try JSONEncoder().encode([id])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(id)\"]")
        #expect(try JSONDecoder().decode([JobID].self, from: json) == [id])
    }

    @Test(
        "what is no canonical UUID is no id",
        arguments: [
            "", "x", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
            "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e279b0-7cc3-98c4-dc0c0c07398f-",
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2-79b0-7cc3-98c4 dc0c0c07398f",
            "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
        ])
    func malformed(_ text: String) {
        #expect(JobID(text) == nil)
        let json = try? JSONEncoder().encode([text])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([JobID].self, from: #require(json))
        }
    }
}
