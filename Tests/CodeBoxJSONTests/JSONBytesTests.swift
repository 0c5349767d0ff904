import Testing

@testable import CodeBoxJSON

@Suite("JSON: bytes that need an escape")
struct JSONBytesTests {
    private func first(_ bytes: [UInt8], from start: Int) -> Int {
        bytes.withUnsafeBytes { JSONBytes.firstSpecial(in: $0, from: start) }
    }

    private func isSpecial(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5c }

    @Test(
        "each byte is told rightly, wherever it stands and whatever is around it",
        arguments: [0x61, 0x21, 0x23, 0x5b, 0x5d, 0x7f, 0x80, 0xa2, 0xdc, 0xff] as [UInt8])
    func everyByte(filler: UInt8) {
        for length in 0...18 {
            for place in 0..<length {
                for byte in UInt8.min...UInt8.max {
                    var bytes = [UInt8](repeating: filler, count: length)
                    bytes[place] = byte
                    #expect(first(bytes, from: 0) == (isSpecial(byte) ? place : length))
                }
            }
        }
    }

    @Test("of several the first counts, from the start that is given")
    func several() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<40).map { _ in
                [0x20, 0x22, 0x5c, 0x1f, 0x61].randomElement(using: &random)! as UInt8
            }
            for start in 0...40 {
                let expected = bytes[start...].firstIndex(where: isSpecial) ?? 40
                #expect(first(bytes, from: start) == expected, "\(bytes) from \(start)")
            }
        }
    }
}
