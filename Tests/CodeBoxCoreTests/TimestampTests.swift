import CodeBoxCore
import Foundation
import Testing

@Suite("Timestamp")
struct TimestampTests {
    @Test(
        "it is written as RFC 3339 in UTC with six decimals",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (1, "1970-01-01T00:00:00.000001Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (1_769_851_800_000_123, "2026-01-31T09:30:00.000123Z"),
            (4_102_444_799_999_999, "2099-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func rfc3339(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).rfc3339 == text)
    }

    @Test("now is now, and instants are ordered and can be moved")
    func arithmetic() {
        let now = Timestamp.now
        #expect(abs(Double(now.microseconds) / 1e6 - Date().timeIntervalSince1970) < 5)
        #expect(now.advanced(bySeconds: 1.5).microseconds == now.microseconds + 1_500_000)
        #expect(now.advanced(bySeconds: -1) < now)
    }

    @Test("it travels as a number of microseconds")
    func coding() throws {
        let json = try JSONEncoder().encode([Timestamp(microseconds: 42)])
        #expect(String(decoding: json, as: UTF8.self) == "[42]")
        #expect(try JSONDecoder().decode([Timestamp].self, from: json)[0].microseconds == 42)
    }
}
