import CWire
import CodeBoxCore
import Testing

@testable import CodeBoxSandbox

struct WardenBoundsTests {
    @Test("what is at the ceiling is granted, what is above it is named")
    func ceiling() {
        let bounds = WardenBounds(ceiling: .standardCeiling, memoryBytes: 1 << 30, processes: 100)
        var request = cb_request(
            create: 1, image: [UInt8](repeating: 0, count: 32), limits: .standardCeiling)
        #expect(bounds.excess(of: request) == nil)
        request.open_files += 1
        #expect(bounds.excess(of: request)?.hasPrefix("open_files is 4097") == true)
        request.open_files -= 1
        request.wall_ms = .max
        #expect(bounds.excess(of: request)?.hasPrefix("wall_ms") == true)
    }

    @Test("a bucket lets a burst through, and then so many a second")
    func bucket() {
        var bucket = TokenBucket(burst: 3, perSecond: 2)
        var now: UInt64 = 5_000_000_000
        func takes(_ count: Int) -> [Bool] { (0..<count).map { _ in bucket.take(now: now) } }
        #expect(takes(4) == [true, true, true, false])
        now += 499_000_000
        #expect(takes(1) == [false])
        now += 2_000_000
        #expect(takes(2) == [true, false])
        // However long it was quiet, no more than a burst; and a clock that stands gives nothing.
        now += 3_600_000_000_000
        #expect(takes(4) == [true, true, true, false])
    }

    @Test(
        "no id that is given away is root's, is another's, or lies outside of what there is",
        arguments: ["0 0 4294967295\n", "0 100000 65536\n", "0 1000 1\n1 100000 300\n"])
    func ids(_ map: String) {
        var ids = IDRange(uidMap: map)
        #expect(ids.isUsable)
        var taken: Set<UInt32> = [ids.zygoteGroup]
        for _ in 0..<5 {
            let pair = ids.take()
            for id in [pair.root, pair.job, ids.takeZygote()] {
                #expect(id > 0)
                #expect(taken.insert(id).inserted, "\(id) twice")
                let inside = map.split(separator: "\n").contains { line in
                    let numbers = line.split(separator: " ").compactMap { UInt32($0) }
                    return id >= numbers[0] && id - numbers[0] < numbers[2]
                }
                #expect(inside, "\(id)")
            }
        }
    }

    @Test("where a user namespace has too few ids, it says so", arguments: ["0 1000 1\n", ""])
    func noIDs(_ map: String) {
        #expect(!IDRange(uidMap: map).isUsable)
    }
}
