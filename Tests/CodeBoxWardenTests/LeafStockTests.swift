import CodeBoxCore
import Testing

@testable import CodeBoxWarden

@Suite("LeafStock")
struct LeafStockTests {
    private final class Made {
        var leaves: [FakeLeaf] = []
    }

    /// Lets time pass, as the warden does, until nothing is due.
    @discardableResult
    private func settle(_ stock: inout LeafStock, _ made: Made) -> UInt64 {
        var now: UInt64 = 0
        for _ in 0..<100 {
            guard let due = stock.dueNs else { break }
            now = due
            stock.add(now: now) { limits in
                made.leaves.append(FakeLeaf(limits))
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
        #expect(stock.take(.standard, now: 0) == nil, "there is none yet")
        let now = settle(&stock, made)
        var limits = Limits.standard
        limits.memoryBytes += 4096
        var given: Set<ObjectIdentifier> = []
        for _ in 0..<LeafStock.size {
            let leaf = try #require(stock.take(limits, now: now) as? FakeLeaf)
            #expect(leaf.limits == limits)
            given.insert(ObjectIdentifier(leaf))
        }
        #expect(given.count == LeafStock.size)
        #expect(stock.take(limits, now: now) == nil)
        stock.disturb(now: now)
        #expect(stock.dueNs == now + LeafStock.quietNs)
        stock.disturb(now: now + 1)
        #expect(stock.dueNs == now + 1 + LeafStock.quietNs, "whoever is busy puts it off")
        _ = settle(&stock, made)
        #expect(made.leaves.last?.limits == limits)
    }

    @Test("it is full again at rest, whatever came last", arguments: 1...LeafStock.size)
    func fullAtRest(taken: Int) {
        let made = Made()
        var stock = LeafStock(limits: .standard, now: 0)
        var now = settle(&stock, made)
        // The warden notes that it is busy before it takes one: a full stock has nothing to do
        // then.
        stock.disturb(now: now)
        for number in 1...taken {
            now += 1
            #expect(stock.take(.standard, now: now) != nil)
            #expect(stock.dueNs == now + LeafStock.quietNs, "after \(number)")
        }
        settle(&stock, made)
        #expect(made.leaves.count == LeafStock.size + taken)
        #expect(stock.dueNs == nil)
    }

    @Test("one that does not take its limits goes, and another is made in its place")
    func refused() {
        let made = Made()
        var stock = LeafStock(limits: .standard, now: 0)
        settle(&stock, made)
        made.leaves[LeafStock.size - 1].refuses = true
        #expect(stock.take(.standard, now: 7) == nil)
        #expect(made.leaves.map(\.isRemoved) == [false, false, false, true])
        #expect(stock.dueNs == 7 + LeafStock.quietNs)
    }

    @Test("a kernel that gives none is asked again, after pauses that grow to a bound")
    func retries() throws {
        let made = Made()
        var stock = LeafStock(limits: .standard, now: 0)
        var pauses: [UInt64] = []
        for _ in 0..<10 {
            let now = try #require(stock.dueNs)
            stock.add(now: now) { _ in throw CodeBoxError(.sandboxFailed, "no") }
            // A busy warden asks no sooner.
            stock.disturb(now: now)
            pauses.append(try #require(stock.dueNs) - now)
        }
        #expect(pauses[..<3] == [100_000_000, 200_000_000, 400_000_000])
        #expect(pauses.last == LeafStock.lastRetryNs)
        settle(&stock, made)
        #expect(made.leaves.count == LeafStock.size)
        #expect(stock.take(.standard, now: 1) != nil)
        #expect(stock.dueNs == 1 + LeafStock.quietNs, "what failed once is forgotten")
    }
}
