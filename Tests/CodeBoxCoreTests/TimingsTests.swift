import CodeBoxCore
import Foundation
import Testing

@Suite("Timings")
struct TimingsTests {
    @Test("what was stored before there were pools is read as a cold start by exec")
    func olderVersion() throws {
        let stored = #"{"queuedUs":1,"startupUs":2,"runUs":3,"finishUs":4}"#
        let timings = try JSONDecoder().decode(Timings.self, from: Data(stored.utf8))
        #expect(timings == Timings(queuedUs: 1, startupUs: 2, runUs: 3, finishUs: 4))
        #expect(timings.isCold)
        #expect(!timings.isForked)
    }

    @Test("all of them are written and read again")
    func roundTrip() throws {
        let timings = Timings(
            queuedUs: 1, acquireUs: 2, startupUs: 3, runUs: 4, finishUs: 5, isCold: false,
            isForked: true)
        let stored = try JSONEncoder().encode(timings)
        #expect(try JSONDecoder().decode(Timings.self, from: stored) == timings)
    }
}
