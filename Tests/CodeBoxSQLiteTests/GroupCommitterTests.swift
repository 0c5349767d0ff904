import CodeBoxCore
import CodeBoxJobs
import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing

@testable import CodeBoxSQLite

@Suite("GroupCommitter")
struct GroupCommitterTests {
    /// Counts the commits that SQLite itself reports.
    private final class CommitCounter: TransactionObserver, Sendable {
        private let commits = Mutex(0)
        var count: Int { commits.withLock { $0 } }

        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseDidCommit(_ db: Database) { commits.withLock { $0 += 1 } }
        func databaseDidRollback(_ db: Database) {}
    }

    private func job(_ text: String = "1") -> Job {
        Job(id: JobID(), spec: JobSpec(runtime: "python", source: text))
    }

    @Test("200 inserts at once share a few commits, and all are there")
    func sharesCommits() async throws {
        let files = try TemporaryStore()
        let store = try files.open()
        let counter = CommitCounter()
        store.database.add(transactionObserver: counter, extent: .databaseLifetime)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask { try await store.insert([job()], maximumQueued: 1000) }
            }
            try await group.waitForAll()
        }
        #expect(try await store.counts()[.queued] == 200)
        #expect(counter.count >= 1)
        #expect(counter.count <= 100, "each commit carries two inserts at the very least")
    }

    @Test("what may wait is committed without a sync, and what may not syncs it along")
    func defersSync() async throws {
        let files = try TemporaryStore()
        let store = try files.open()
        func setting(_ durability: Durability) async throws -> Int? {
            try await store.committer.write(durability) { db in
                try JobRow.insert(job(), db)
                return try Int.fetchOne(db, sql: "PRAGMA synchronous")
            }
        }
        let (normal, full) = (1, 2)
        #expect(try await setting(.now) == full)
        #expect(try await setting(.later) == normal)
        #expect(try await setting(.later) == normal)
        #expect(try await store.counts()[.queued] == 3, "all see it")
        #expect(try await setting(.now) == full)
        #expect(try await setting(.later) == normal)
        let frames = try logFrames(files)
        try await store.flush()
        #expect(try logFrames(files) > frames, "what changes nothing would not sync")
    }

    /// Of the write-ahead log, which begins with a header of 32 bytes.
    private func logFrames(_ files: borrowing TemporaryStore) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: files.path + "-wal")
        return ((attributes[FileAttributeKey.size] as? Int ?? 0) - 32) / (4096 + 24)
    }

    @Test("writes that arrive while a commit runs all go into the next one")
    func nextBatchTakesAll() async throws {
        let files = try TemporaryStore()
        let store = try files.open()
        let counter = CommitCounter()
        store.database.add(transactionObserver: counter, extent: .databaseLifetime)
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await store.committer.write { db in
                    // The transaction is open: hold it until the others stand in line.
                    arrived.yield()
                    _ = gate.wait(timeout: .now() + 20)
                    try JobRow.insert(job(), db)
                }
            }
            for await _ in arrivals { break }
            for _ in 0..<50 {
                group.addTask { try await store.insert([job()], maximumQueued: 1000) }
            }
            let deadline = ContinuousClock.now + .seconds(10)
            while store.committer.waitingCount < 50, ContinuousClock.now < deadline {
                await Task.yield()
            }
            gate.signal()
            try await group.waitForAll()
        }
        #expect(try await store.counts()[.queued] == 51)
        #expect(counter.count == 2)
    }

    @Test("one caller's failure is its own: the others in its batch are kept")
    func failureIsOwn() async throws {
        let files = try TemporaryStore()
        let store = try files.open()
        let twice = job("twice")
        try await store.insert([twice], maximumQueued: 1000)
        let failures = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                group.addTask {
                    // Every fourth inserts something new, then fails on what is there already.
                    let jobs = index % 4 == 0 ? [job("undone"), twice] : [job("kept")]
                    do {
                        try await store.insert(jobs, maximumQueued: 1000)
                        return false
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 25)
        let sources = try await store.list(JobQuery(limit: 1000)).jobs.map(\.spec.source)
        #expect(sources.filter { $0 == "kept" }.count == 75)
        #expect(!sources.contains("undone"))
        #expect(try await store.counts()[.queued] == 76)
    }

    @Test("a transaction that fails as a whole fails everyone in it, and the next one works")
    func wholeFailure() async throws {
        let files = try TemporaryStore()
        let store = try files.open()
        try await store.database.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
        }
        await #expect {
            try await store.insert([job(String(repeating: "x", count: 1 << 20))], maximumQueued: 10)
        } throws: { ($0 as? CodeBoxError)?.code == .storeFailed }
        #expect(try await store.counts()[.queued] == 0)
        try await store.database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA max_page_count = 1000000")
        }
        try await store.insert([job()], maximumQueued: 10)
        #expect(try await store.counts()[.queued] == 1)
    }
}
