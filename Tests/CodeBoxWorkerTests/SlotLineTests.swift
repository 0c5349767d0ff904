import CodeBoxCore
import Synchronization
import Testing

@testable import CodeBoxWorker

@Suite("SlotLine")
struct SlotLineTests {
    private final class Held: Sendable {
        private let state = Mutex((now: 0, most: 0))
        var most: Int { state.withLock { $0.most } }
        func add(_ count: Int) {
            state.withLock { state in
                state.now += count
                state.most = max(state.most, state.now)
            }
        }
    }

    private final class Order: Sendable {
        private let state = Mutex<[String]>([])
        var names: [String] { state.withLock { $0 } }
        func append(_ name: String) { state.withLock { $0.append(name) } }
    }

    @Test("no more hold a slot than there are, and all get one in the end")
    func bounds() async throws {
        let line = SlotLine(slots: 3, maximumWaiting: 1000)
        let held = Held()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<300 {
                group.addTask {
                    let granted = try await line.acquire(index % 3 == 0 ? .stored : .direct)
                    #expect(granted)
                    held.add(1)
                    await Task.yield()
                    held.add(-1)
                    line.release()
                }
            }
            try await group.waitForAll()
        }
        #expect(held.most <= 3)
        #expect(line.free == 3)
    }

    @Test("while several sides wait they are served in turn, each in its own order")
    func turns() async throws {
        let line = SlotLine(slots: 1, maximumWaiting: 10)
        #expect(try await line.acquire(.direct))
        let order = Order()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (side, name) in [
                (JobSource.direct, "d1"), (.direct, "d2"), (.direct, "d3"), (.stored, "q1"),
                (.stored, "q2"), (.batch, "b1"), (.batch, "b2"),
            ] {
                let before = line.waitingCount
                group.addTask {
                    let granted = try await line.acquire(side)
                    #expect(granted)
                    order.append(name)
                    line.release()
                }
                #expect(await eventually { line.waitingCount == before + 1 })
            }
            line.release()
            try await group.waitForAll()
        }
        #expect(order.names == ["b1", "q1", "d1", "b2", "q2", "d2", "d3"])
    }

    @Test("a direct run that finds the line full is refused; the queue never is")
    func full() async throws {
        let line = SlotLine(slots: 1, maximumWaiting: 1)
        #expect(try await line.acquire(.direct))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await line.acquire(.direct) }
            #expect(await eventually { line.waitingCount == 1 })
            await #expect {
                _ = try await line.acquire(.direct)
            } throws: { ($0 as? CodeBoxError)?.code == .queueFull }
            group.addTask { try await line.acquire(.stored) }
            #expect(await eventually { line.waitingCount == 2 })
            line.release()
            line.release()
            for try await granted in group { #expect(granted) }
        }
    }

    @Test("who is canceled leaves the line, and no slot is lost, a thousand times")
    func cancellation() async throws {
        let line = SlotLine(slots: 1, maximumWaiting: 10)
        for _ in 0..<1000 {
            #expect(try await line.acquire(.direct))
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask { try await line.acquire(.direct) }
                group.addTask {
                    line.release()
                    return false
                }
                group.cancelAll()
                for try await granted in group where granted { line.release() }
            }
            #expect(line.free == 1)
            #expect(line.waitingCount == 0)
        }
    }

    @Test("who is stopped leaves the line, and no slot is lost, a thousand times")
    func stopping() async throws {
        let line = SlotLine(slots: 1, maximumWaiting: 10)
        for round in 0..<1000 {
            #expect(try await line.acquire(.direct))
            let stop = StopSignal()
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask { try await line.acquire(.batch, until: stop) }
                if round % 2 == 0 { await Task.yield() }
                group.addTask {
                    line.release()
                    return false
                }
                stop.fire(.disconnected)
                for try await granted in group where granted { line.release() }
            }
            #expect(line.free == 1)
            #expect(line.waitingCount == 0)
        }
    }

    @Test("a closed line sends everyone away")
    func closes() async throws {
        let line = SlotLine(slots: 1, maximumWaiting: 10)
        #expect(try await line.acquire(.direct))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await line.acquire(.direct) }
            group.addTask { try await line.acquire(.stored) }
            #expect(await eventually { line.waitingCount == 2 })
            line.close()
            for try await granted in group { #expect(!granted) }
        }
        line.release()
        #expect(try await !line.acquire(.direct))
    }
}
