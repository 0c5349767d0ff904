import CWire
import CodeBoxCore
import Testing

@testable import CodeBoxWarden

struct WardenBoundsTests {
    @Test("what is at the ceiling is granted, what is above it is named")
    func ceiling() {
        let bounds = WardenBounds(ceiling: .standardCeiling, memoryBytes: 1 << 30, processes: 100)
        let most = Limits.standardCeiling
        var request = cb_request()
        for field in LimitField.enforcedByWarden { request.ask(field, most[field]) }
        #expect(bounds.excess(of: request) == nil)
        for field in LimitField.enforcedByWarden {
            request.ask(field, most[field] + 1)
            #expect(bounds.excess(of: request)?.hasPrefix("\(field.rawValue) is ") == true)
            request.ask(field, 0x1p53)
            #expect(bounds.excess(of: request)?.hasPrefix("\(field.rawValue) is ") == true)
            request.ask(field, most[field])
        }
    }

    @Test("a request has room for every limit")
    func room() {
        #expect(LimitField.allCases.count <= CB_LIMITS)
    }

    @Test("a warden has at most 4,096 sandboxes, 64 zygotes and 16 connections at a time")
    func amounts() {
        #expect(WardenBounds.sandboxes == 4096)
        #expect(WardenBounds.zygotes == 64)
        #expect(WardenBounds.connections == 16)
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
    func ids(_ map: String) throws {
        var ids = IDRange(uidMap: map)
        #expect(ids.isUsable)
        var taken: Set<UInt32> = [ids.zygoteGroup]
        for _ in 0..<5 {
            let pair = ids.take()
            for id in [pair.root, pair.job, try takeZygote(&ids)] {
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

    private func takeZygote(_ ids: inout IDRange) throws -> UInt32 {
        let uid = ids.takeZygote()
        return try #require(uid, "all are in use")
    }

    @Test("a zygote's uid is given to no other before the zygote and all of its sandboxes are gone")
    func zygoteIDsInUse() throws {
        // So few that they come round at once.
        var ids = IDRange(uidMap: "0 1000 1\n1 100000 300\n")
        let long = try takeZygote(&ids)
        ids.holdZygote(long)
        for _ in 0..<3 * ids.zygoteCapacity {
            let short = try takeZygote(&ids)
            #expect(short != long && short != ids.zygoteGroup)
            ids.releaseZygote(short)
        }
        var held: Set<UInt32> = [long]
        for _ in 1..<ids.zygoteCapacity { held.insert(try takeZygote(&ids)) }
        #expect(held.count == ids.zygoteCapacity)
        // The zygote is gone, its sandbox is not.
        var next = ids.takeZygote()
        #expect(next == nil)
        ids.releaseZygote(long)
        next = ids.takeZygote()
        #expect(next == nil)
        ids.releaseZygote(long)
        next = ids.takeZygote()
        #expect(next == long)
        // What was never a zygote's is nobody's to give back, or to hold.
        ids.releaseZygote(ids.zygoteGroup)
        ids.holdZygote(0)
        next = ids.takeZygote()
        #expect(next == nil)
    }

    @Test("where a user namespace has too few ids, it says so", arguments: ["0 1000 1\n", ""])
    func noIDs(_ map: String) {
        #expect(!IDRange(uidMap: map).isUsable)
    }

    @Test("so many may be alive, and so many be made in a second")
    func bounds() throws {
        let second: UInt64 = 1_000_000_000
        var bound = MakingBound("boxes", most: 3, rate: TokenBucket(burst: 2, perSecond: 1))
        try bound.admit(alive: 2, now: second)
        let crowd = #expect(throws: SandboxMaker.Failure.self) {
            try bound.admit(alive: 3, now: second)
        }
        #expect(crowd?.detail == "3 boxes are alive already")
        try bound.admit(alive: 0, now: second)
        let haste = #expect(throws: SandboxMaker.Failure.self) {
            try bound.admit(alive: 0, now: second)
        }
        #expect(haste?.detail.hasPrefix("more boxes a second") == true)
        try bound.admit(alive: 0, now: 2 * second)
    }
}

extension cb_request {
    fileprivate mutating func ask(_ field: LimitField, _ value: Double) {
        withUnsafeMutableBytes(of: &limits) {
            $0.bindMemory(to: UInt64.self)[field.index] = UInt64(value * field.row.wireScale)
        }
    }
}
