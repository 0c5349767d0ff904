import CodeBoxCore
import Testing

@testable import CodeBoxSandbox

@Suite("LeafStock")
struct LeafStockTests {
    private final class Leaf: CgroupLeaf {
        let cloneFD: CInt? = nil
        let taskFDs: [CInt] = []
        let memoryEventFD: CInt? = nil
        var limits: Limits
        var refuses = false
        var isRemoved = false

        init(_ limits: Limits) { self.limits = limits }

        func usage() throws(CodeBoxError) -> CgroupUsage { CgroupUsage() }
        func memoryBytes() -> Int { 0 }
        func cpuTimeUs() -> Int { 0 }
        func setLimits(_ limits: Limits) throws(CodeBoxError) {
            if refuses { throw CodeBoxError(.sandboxFailed, "no") }
            self.limits = limits
        }
        func kill() {}
        func remove() throws(CodeBoxError) -> CgroupRemoval {
            isRemoved = true
            return .removed
        }
    }

    private final class Made {
        var leaves: [Leaf] = []
    }

    /// Lets time pass, as the warden does, until nothing is due.
    private func settle(_ stock: inout LeafStock, _ made: Made) -> UInt64 {
        var now: UInt64 = 0
        for _ in 0..<100 {
            guard let due = stock.dueNs else { break }
            now = due
            stock.add(now: now) { limits in
                made.leaves.append(Leaf(limits))
                return made.leaves[made.leaves.count - 1]
            }
        }
        return now
    }

    @Test("it fills up one by one when all is quiet, and no further")
    func fills() {
        let made = Made()
        var stock = LeafStock(limits: .standard, now: 0)
        #expect(stock.dueNs == LeafStock.quietNs)
        #expect(
            settle(&stock, made)
                == LeafStock.quietNs + UInt64(LeafStock.size - 1) * LeafStock.pauseNs)
        #expect(made.leaves.count == LeafStock.size)
        stock.disturb(now: 5)
        #expect(stock.dueNs == nil, "it is full")
    }

    @Test("each is given out once, with the limits asked for; the next have them from the first")
    func gives() throws {
        let made = Made()
        var stock = LeafStock(limits: .standard, now: 0)
        #expect(stock.take(.standard) == nil, "there is none yet")
        let now = settle(&stock, made)
        var limits = Limits.standard
        limits.memoryBytes += 4096
        var given: Set<ObjectIdentifier> = []
        for _ in 0..<LeafStock.size {
            let leaf = try #require(stock.take(limits) as? Leaf)
            #expect(leaf.limits == limits)
            given.insert(ObjectIdentifier(leaf))
        }
        #expect(given.count == LeafStock.size)
        #expect(stock.take(limits) == nil)
        stock.disturb(now: now)
        #expect(stock.dueNs == now + LeafStock.quietNs)
        stock.disturb(now: now + 1)
        #expect(stock.dueNs == now + 1 + LeafStock.quietNs, "whoever is busy puts it off")
        _ = settle(&stock, made)
        #expect(made.leaves.last?.limits == limits)
    }

    @Test("one that does not take its limits goes; a kernel that gives none is not pressed")
    func refused() {
        let made = Made()
        var stock = LeafStock(limits: .standard, now: 0)
        _ = settle(&stock, made)
        made.leaves[LeafStock.size - 1].refuses = true
        #expect(stock.take(.standard) == nil)
        #expect(made.leaves.map(\.isRemoved) == [false, false, false, true])
        stock.disturb(now: 0)
        stock.add(now: 1) { _ in throw CodeBoxError(.sandboxFailed, "no") }
        #expect(stock.dueNs == nil)
        stock.disturb(now: 2)
        #expect(stock.dueNs != nil)
    }
}
