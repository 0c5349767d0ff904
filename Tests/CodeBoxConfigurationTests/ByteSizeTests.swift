import CodeBoxConfiguration
import Testing

struct ByteSizeTests {
    private static let mebibyte = 1_048_576
    private static let sizes: [(String, Int)] = [
        ("0", 0), ("1048576", mebibyte), ("64MiB", 64 * mebibyte), ("64M", 64 * mebibyte),
        ("64m", 64 * mebibyte), ("2GiB", 2048 * mebibyte), ("1kB", 1000), ("5MB", 5_000_000),
        ("1.5GiB", 1536 * mebibyte), ("16K", 16_384), ("12B", 12),
    ]

    @Test("sizes are read in powers of 1024, and of 1000 where the unit says so", arguments: sizes)
    func reads(text: String, bytes: Int) {
        #expect(ByteSize(text)?.bytes == bytes)
    }

    @Test(
        "what is no size is refused",
        arguments: [
            "", "MiB", "-1", "1.5", "64 MiB", "64XB", "1e9", "0x10", "9999999999999GiB", "٤",
            "1.2.3M",
        ])
    func refuses(text: String) {
        #expect(ByteSize(text) == nil)
    }

    @Test("sizes are shown in the largest unit that fits")
    func shows() {
        #expect(ByteSize(bytes: 64 << 20).description == "64 MiB")
        #expect(ByteSize(bytes: (64 << 20) + 1).description == "64.0 MiB")
        #expect(ByteSize(bytes: 1536).description == "1.5 KiB")
        #expect(ByteSize(bytes: 999).description == "999 B")
    }
}
