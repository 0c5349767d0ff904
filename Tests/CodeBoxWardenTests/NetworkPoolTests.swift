import CodeBoxSystem
import Glibc
import Testing

@testable import CodeBoxWarden

@Suite("NetworkPool")
struct NetworkPoolTests {
    /// Stands for what makes namespaces: each is a descriptor of its own.
    private final class Maker {
        var made: [UInt32] = []
        var fails = false

        func make(_ owner: UInt32) -> CInt {
            guard !fails else { return -ENOSPC }
            made.append(owner)
            return open("/dev/null", O_RDONLY | O_CLOEXEC)
        }
    }

    private func pool(_ maker: Maker, home: CInt = 0) -> NetworkPool {
        NetworkPool(home: home) { maker.make($0) }
    }

    private func expect(_ pool: inout NetworkPool, _ owner: UInt32, _ network: CInt?) {
        let taken = pool.take(for: owner)
        #expect(taken == network)
    }

    private func isOpen(_ descriptor: CInt) -> Bool { fcntl(descriptor, F_GETFD) >= 0 }

    @Test("a sandbox makes its own until one that was not used has earned one")
    func earns() throws {
        let maker = Maker()
        var pool = pool(maker)
        expect(&pool, 7, nil)
        pool.put(back: nil, of: 7)
        let taken = pool.take(for: 7)
        let network = try #require(taken)
        #expect(maker.made == [7])
        expect(&pool, 7, nil)
        pool.put(back: network, of: 7)
        expect(&pool, 7, network)
        #expect(maker.made == [7])
        close(network)
    }

    @Test("no two sandboxes have one at a time")
    func apart() throws {
        let maker = Maker()
        var pool = pool(maker)
        for _ in 0..<3 { pool.put(back: nil, of: 7) }
        let held = (0..<3).compactMap { _ in pool.take(for: 7) }
        #expect(Set(held).count == 3)
        for network in held { pool.put(back: network, of: 7) }
        let again = (0..<4).compactMap { _ in pool.take(for: 7) }
        #expect(Set(again) == Set(held) && again.count == 3)
        again.forEach { close($0) }
    }

    @Test("a namespace goes only to sandboxes of the zygote that may enter it")
    func owners() throws {
        let maker = Maker()
        var pool = pool(maker)
        pool.put(back: nil, of: 7)
        let taken = pool.take(for: 7)
        let network = try #require(taken)
        pool.put(back: network, of: 7)
        expect(&pool, 8, nil)
        expect(&pool, 7, network)
        close(network)
    }

    @Test("what waits is closed with the last sandbox of its zygote")
    func forgets() throws {
        let maker = Maker()
        var pool = pool(maker)
        pool.put(back: nil, of: 7)
        pool.put(back: nil, of: 7)
        let taken = pool.take(for: 7)
        let network = try #require(taken)
        pool.put(back: network, of: 7)
        pool.forget(7)
        #expect(!isOpen(network))
        expect(&pool, 7, nil)
        #expect(maker.made == [7])
    }

    @Test("no more wait than are allowed to, however many come back")
    func bounded() {
        let maker = Maker()
        var pool = pool(maker)
        var given: [CInt] = []
        for index in 0..<(2 * NetworkPool.most) {
            let owner = UInt32(index % 3)
            given.append(maker.make(owner))
            pool.put(back: given[index], of: owner)
        }
        #expect(given.filter(isOpen).count == NetworkPool.most)
        for owner: UInt32 in 0..<3 { pool.forget(owner) }
        #expect(given.filter(isOpen).isEmpty)
    }

    @Test("where making one fails, sandboxes go on making their own")
    func failing() {
        let maker = Maker()
        maker.fails = true
        var pool = pool(maker)
        pool.put(back: nil, of: 7)
        pool.put(back: nil, of: 7)
        expect(&pool, 7, nil)
        maker.fails = false
        expect(&pool, 7, nil)
        #expect(maker.made == [])
    }

    @Test("without a way back to the warden's own network there is no pool")
    func without() {
        let maker = Maker()
        var pool = pool(maker, home: -1)
        pool.put(back: nil, of: 7)
        expect(&pool, 7, nil)
        #expect(!pool.isInUse)
    }
}
