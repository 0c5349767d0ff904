import Testing

@testable import CodeBoxWarden

/// When an id comes round again. WardenBoundsTests has which ids there are.
struct IDRangeTests {
    /// The ids that a warden of the host's own root has.
    private static let hostMap = "0 0 4294967295\n"
    private static let turn = 1 << 20

    @Test(
        "a sandbox's host ids are not given away again before 1,048,576 sandboxes have had theirs")
    func sandboxIDs() {
        var ids = IDRange(uidMap: Self.hostMap)
        let first = ids.take()
        // Of all ids of one turn, by their distance from the first.
        var isTaken = [Bool](repeating: false, count: 4 * Self.turn)
        var repeated = 0
        for number in 0..<Self.turn {
            let pair = number == 0 ? first : ids.take()
            for id in [pair.root, pair.job] {
                let place = Int(id) - Int(first.root) + 2 * Self.turn
                if isTaken[place] { repeated += 1 }
                isTaken[place] = true
            }
        }
        #expect(repeated == 0)
        // The next turn begins where the first one did.
        let again = ids.take()
        #expect(again.root == first.root && again.job == first.job)
    }

    @Test("wardens begin at different ids, so that a restart does not give the last ones again")
    func beginnings() {
        let firsts = Set(
            (0..<8).map { _ in
                var ids = IDRange(uidMap: Self.hostMap)
                return ids.take().root
            })
        #expect(firsts.count > 1)
    }
}
