import Glibc
import CodeBoxSystem

/// The host ids that sandboxes and zygotes run under. No two that live share an id, and none is
/// root's.
struct IDRange {
    /// The ids of one sandbox.
    struct Pair {
        /// PID 1's; uid 0 inside.
        let root: UInt32
        /// The job's.
        let job: UInt32
    }

    /// Ids inside the sandbox.
    static let jobID: UInt32 = 1000

    private static let preferred: UInt32 = 0x7000_0000
    private static let slots: UInt32 = 1 << 20
    private static let zygoteIDs: UInt32 = 1 << 16

    private let base: UInt32
    private let count: UInt32
    private let zygoteCount: UInt32
    /// They begin at random: wardens of one machine know nothing of each other.
    private var next: UInt32
    private var nextZygote: UInt32
    /// How many depend on a zygote's uid, by the uid: the zygote itself, and its sandboxes.
    private var zygoteHolders: [UInt32: Int] = [:]

    /// The range lies above all ids that people and distributions assign. If this process lives in
    /// a user namespace that has none so high, it is the upper half of the largest range there.
    init(uidMap: String = Self.ownMap()) {
        var best: (base: UInt32, count: UInt32) = (0, 0)
        for line in uidMap.split(separator: "\n") {
            let numbers = line.split(separator: " ").compactMap { UInt64($0) }
            guard numbers.count == 3 else { continue }
            let (first, length) = (numbers[0], numbers[2])
            if first <= UInt64(Self.preferred),
                first + length
                    >= UInt64(Self.preferred) + 2 * UInt64(Self.slots) + UInt64(Self.zygoteIDs)
            {
                best = (Self.preferred, 2 * Self.slots + Self.zygoteIDs)
                break
            }
            if length > UInt64(best.count) {
                best = (UInt32(first + length / 2), UInt32(min(length / 2, UInt64(UInt32.max))))
            }
        }
        base = best.base
        // A sixteenth at the end is for zygotes.
        zygoteCount = max(2, min(best.count / 16, Self.zygoteIDs))
        count = max(1, min((max(best.count, zygoteCount) - zygoteCount) / 2, Self.slots))
        next = UInt32.random(in: 0..<count)
        nextZygote = UInt32.random(in: 1..<zygoteCount)
        isUsable = base > 0 && best.count >= 4 + zygoteCount
    }

    /// False where this process has too few ids for sandboxes; 0 would be the host's root.
    let isUsable: Bool

    /// The gid of all zygotes, and, as a uid, the owner of sandboxes that no zygote enters.
    var zygoteGroup: UInt32 { base + 2 * count }

    /// How many zygotes can have different uids at one time.
    var zygoteCapacity: Int { Int(zygoteCount) - 1 }

    /// The next zygote's uid in turn that is not in use; nil if all are. A process that shared a
    /// uid with a zygote could enter the zygote's sandboxes.
    mutating func takeZygote() -> UInt32? {
        guard zygoteHolders.count < zygoteCapacity else { return nil }
        // Of so many in a row, at least one is not in use.
        for _ in 0...zygoteHolders.count {
            let uid = zygoteGroup + nextZygote
            nextZygote = nextZygote % (zygoteCount - 1) + 1
            guard zygoteHolders[uid] == nil else { continue }
            zygoteHolders[uid] = 1
            return uid
        }
        return nil
    }

    /// One more sandbox depends on a zygote's uid. Other uids are not counted.
    mutating func holdZygote(_ uid: UInt32) {
        guard let holders = zygoteHolders[uid] else { return }
        zygoteHolders[uid] = holders + 1
    }

    /// One less depends on it. The uid is not used again before the last one is gone.
    /// - Returns: whether this was the last one.
    @discardableResult
    mutating func releaseZygote(_ uid: UInt32) -> Bool {
        guard let holders = zygoteHolders[uid] else { return false }
        zygoteHolders[uid] = holders > 1 ? holders - 1 : nil
        return holders <= 1
    }

    /// The next pair in turn: reused only after all others, long after its last sandbox is gone.
    mutating func take() -> Pair {
        defer { next = (next + 1) % count }
        return Pair(root: base + 2 * next, job: base + 2 * next + 1)
    }

    /// The pair whose job has this id, which ``take()`` gave to another process.
    func pair(ofJob job: UInt32) -> Pair { Pair(root: job - 1, job: job) }

    private static func ownMap() -> String {
        guard let bytes = readSmallFile("/proc/self/uid_map") else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
