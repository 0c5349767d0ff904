import Testing
import codebox

struct DurationsTests {
    @Test("a percentile is a value that was measured")
    func percentile() {
        let all = Durations((1...100).shuffled())
        #expect(all.percentile(0.5) == 50)
        #expect(all.percentile(0.95) == 95)
        #expect(all.percentile(1) == 100)
        #expect(all.percentile(0) == 1)
        #expect(Durations([7]).percentile(0.95) == 7)
        #expect(Durations().percentile(0.5) == nil)
    }
}
