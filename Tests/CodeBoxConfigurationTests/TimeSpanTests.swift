import CodeBoxConfiguration
import Testing

struct TimeSpanTests {
    @Test(
        "times are read with and without a unit",
        arguments: [
            ("30", 30.0), ("90s", 90), ("1.5s", 1.5), ("15m", 900), ("24h", 86_400),
            ("7d", 604_800), ("250ms", 0.25), ("0", 0),
        ])
    func reads(text: String, seconds: Double) throws {
        let span = try #require(TimeSpan(text))
        #expect(abs(span.seconds - seconds) < 1e-9)
    }

    @Test(
        "what is no time is refused", arguments: ["", "s", "-1", "1 s", "1w", "inf", "nan", "1e3"])
    func refuses(text: String) {
        #expect(TimeSpan(text) == nil)
    }

    @Test("times are shown with about three figures")
    func shows() {
        #expect(TimeSpan(microseconds: 830).description == "830 µs")
        #expect(TimeSpan(microseconds: 12_360).description == "12.4 ms")
        #expect(TimeSpan(microseconds: 3_204_000).description == "3.20 s")
        #expect(TimeSpan(seconds: 125).description == "2 min 5 s")
        #expect(TimeSpan(seconds: 1).description == "1.00 s")
    }
}
