import NIOCore
import Synchronization
import Testing

@testable import CodeBoxHTTP

struct RequestBudgetTests {
    private let budget = RequestBudget(1000)

    private func client(_ address: String) throws -> ClientUse {
        ClientUse(ClientAddress(try SocketAddress(ipAddress: address, port: 1)))
    }

    @Test("large bodies leave a quarter to small ones, and one address leaves a quarter to others")
    func shares() throws {
        let (one, two) = (try client("127.0.0.1"), try client("127.0.0.2"))
        #expect(budget.take(500, for: one, isLarge: true))
        #expect(!budget.take(1, for: one, isLarge: true))
        #expect(budget.take(250, for: one, isLarge: false))
        #expect(!budget.take(1, for: one, isLarge: false))
        #expect(!budget.take(1, for: two, isLarge: true))
        #expect(budget.take(250, for: two, isLarge: false))
        #expect(!budget.take(1, for: two, isLarge: false))
        #expect(budget.taken == 1000)
        budget.release(750, of: one)
        #expect(budget.take(250, for: two, isLarge: true))
        #expect(!budget.take(1, for: two, isLarge: true))
    }

    @Test("responses take room even if there is none, and bodies wait for them")
    func responses() throws {
        let one = try client("127.0.0.1")
        budget.occupy(2000, for: one)
        #expect(!budget.take(1, for: try client("127.0.0.2"), isLarge: false))
        budget.release(2000, of: one)
        #expect(budget.take(1, for: one, isLarge: false))
    }

    @Test("each pipelined request gives back what it took when it is answered")
    func pipelining() throws {
        let one = try client("127.0.0.1")
        var charges = BodyCharges(budget, one)
        charges.begin()
        var fits = charges.receive(10)
        charges.begin()
        fits = charges.receive(20) && fits
        fits = charges.receive(30) && fits
        #expect(fits)
        #expect(budget.taken == 2 * 60)
        charges.answer()
        #expect(budget.taken == 2 * 50)
        charges.answer()
        #expect(budget.taken == 0)
        // The rest of a body that was answered early is dropped, and takes nothing.
        let isDropped = charges.receive(5000)
        #expect(isDropped && budget.taken == 0)
        charges.begin()
        let fitsStill = charges.receive(5000)
        #expect(!fitsStill)
        charges.releaseAll()
        #expect(budget.taken == 0)
        #expect(one.bytes.load(ordering: .relaxed) == 0)
    }

    @Test("an IPv4 address counts alone, in both of its forms, and an IPv6 one with its network")
    func addresses() throws {
        func address(_ text: String) throws -> ClientAddress {
            ClientAddress(try SocketAddress(ipAddress: text, port: 7))
        }
        #expect(try address("192.0.2.7") == address("::ffff:192.0.2.7"))
        #expect(try address("192.0.2.7") != address("192.0.2.8"))
        #expect(try address("2001:db8:0:1::7") == address("2001:db8:0:1:ffff::8"))
        #expect(try address("2001:db8:0:1::7") != address("2001:db8:0:2::7"))
        #expect(try address("192.0.2.7").description == "192.0.2.7")
        #expect(try address("2001:db8:0:1::7").description == "2001:db8:0:1::/64")
    }
}
