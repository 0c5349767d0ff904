import Testing

@testable import CodeBoxWarden

@Suite("CallBound")
struct CallBoundTests {
    private static let second: UInt64 = 1_000_000_000

    /// How many of a second's calls are answered, where sandboxes call as often as they can.
    private func answered(_ sandboxes: Int, _ bound: inout CallBound) -> Int {
        var used = [Int](repeating: CallBound.free, count: sandboxes)
        var count = 0
        for at in stride(from: UInt64(0), to: Self.second, by: 10_000) {
            for sandbox in used.indices
            where bound.admits(&used[sandbox], now: Self.second + at) { count += 1 }
        }
        return count
    }

    @Test("the first calls of each sandbox are answered at once")
    func free() {
        var bound = CallBound()
        for _ in 0..<50 {
            var used = 0
            for _ in 0..<CallBound.free { #expect(bound.admits(&used, now: 1)) }
            #expect(used == CallBound.free)
        }
    }

    @Test("many sandboxes together get no more than one does", arguments: [1, 32])
    func rate(_ sandboxes: Int) {
        var bound = CallBound()
        let count = answered(sandboxes, &bound)
        #expect(count > CallBound.perSecond * 9 / 10)
        #expect(count <= CallBound.perSecond + 101)
    }
}
