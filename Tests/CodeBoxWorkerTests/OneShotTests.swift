import CodeBoxCore
import Testing

@testable import CodeBoxWorker

@Suite("OneShot")
struct OneShotTests {
    @Test("all who wait, and all who come later, get the first value")
    func fires() async {
        let event = OneShot<Int>()
        let values = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<20 { group.addTask { await event.value() } }
            event.fire(1)
            event.fire(2)
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: 1, count: 20))
        #expect(await event.value() == 1)
        #expect(event.fired == 1)
    }

    @Test("waiting ends after its time, and with its task")
    func ends() async {
        let event = OneShot<Int>()
        #expect(await event.value(within: .milliseconds(5)) == nil)
        let canceled = await withTaskGroup(of: Int?.self) { group in
            group.addTask { await event.value() }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(canceled == nil)
        event.fire(3)
        #expect(await event.value(within: .milliseconds(0)) == 3)
    }

    @Test("an event and a cancellation at the same moment resume a task once, a thousand times")
    func races() async {
        for _ in 0..<1000 {
            let event = OneShot<Int>()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await event.value() }
                group.addTask { event.fire(1) }
                group.cancelAll()
            }
            #expect(event.fired == 1)
        }
    }

    @Test("a signal ends a wait, at once if it has fired")
    func stops() async {
        let (event, stop) = (OneShot<Int>(), StopSignal())
        let stopped = await withTaskGroup(of: Int?.self) { group in
            group.addTask { await event.value(within: .seconds(60), until: stop) }
            await Task.yield()
            stop.fire(.disconnected)
            return await group.next() ?? nil
        }
        #expect(stopped == nil)
        #expect(await event.value(within: .seconds(60), until: stop) == nil)
        event.fire(1)
        #expect(await event.value(within: .seconds(60), until: stop) == 1)
    }

    @Test("an event and the end of the time at the same moment resume a task once")
    func racesWithTime() async {
        for microseconds in 0..<500 {
            let event = OneShot<Int>()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { _ = await event.value(within: .microseconds(microseconds)) }
                }
                group.addTask { event.fire(1) }
            }
            #expect(await event.value(within: .zero) == 1)
        }
    }
}
