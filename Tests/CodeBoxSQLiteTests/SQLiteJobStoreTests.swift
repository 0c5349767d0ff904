import CodeBoxCore
import CodeBoxJobs
import Foundation
import GRDB
import StoreConformance
import Testing

@testable import CodeBoxSQLite

@Suite("SQLiteJobStore")
struct SQLiteJobStoreTests {
    @Test("it keeps every promise of a job store", arguments: JobStoreConformance.checks)
    func conforms(_ check: JobStoreCheck) async throws {
        let files = try TemporaryStore()
        try await check.run(on: try files.open())
    }

    @Test("jobs are found again after the file is opened anew, closed before or not")
    func reopens() async throws {
        let files = try TemporaryStore()
        let jobs = (0..<3).map {
            Job(id: JobID(), spec: JobSpec(runtime: "python", source: "\($0)"))
        }
        let first = try files.open()
        try await first.insert(Array(jobs[0..<2]), maximumQueued: 10)
        try first.close()
        let second = try files.open()
        try await second.insert([jobs[2]], maximumQueued: 10)
        let third = try files.open()
        let listed = try await third.list(JobQuery()).jobs
        #expect(Set(listed) == Set(jobs))
        let leased = try await third.lease(worker: "w", count: 3, until: .now)
        #expect(leased.map(\.id) == jobs.map(\.id))
    }

    @Test("each commit is synced to the disk: WAL and synchronous=FULL")
    func durableSettings() async throws {
        let files = try TemporaryStore()
        let store = try files.open()
        let settings = try await store.database.writeWithoutTransaction { db in
            (
                try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(db, sql: "PRAGMA synchronous")
            )
        }
        #expect(settings.0 == "wal")
        #expect(settings.1 == 2)
    }

    @Test("nobody but the owner can read the files")
    func privateFiles() async throws {
        let files = try TemporaryStore()
        let store = try files.open()
        try await store.insert(
            [Job(id: JobID(), spec: JobSpec(runtime: "python", source: "1"))], maximumQueued: 1)
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: files.path + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
        }
    }

    @Test("a path that can't be opened is an error that names it")
    func unusablePath() throws {
        #expect {
            _ = try SQLiteJobStore(path: "/proc/nowhere/jobs.sqlite")
        } throws: { error in
            let error = error as? CodeBoxError
            return error?.code == .storeFailed
                && error?.message.contains("/proc/nowhere/jobs.sqlite") == true
        }
    }

    @Test("a file that is no database is refused and left as it is")
    func foreignFile() throws {
        let files = try TemporaryStore()
        let text = String(repeating: "this is not a database. ", count: 100)
        try text.write(toFile: files.path, atomically: true, encoding: .utf8)
        #expect(throws: CodeBoxError.self) { _ = try files.open() }
        #expect(try String(contentsOfFile: files.path, encoding: .utf8) == text)
    }

    @Test("a closed store fails by name and does not hang")
    func closed() async throws {
        let files = try TemporaryStore()
        let store = try files.open()
        try store.close()
        await #expect(throws: CodeBoxError.self) { _ = try await store.counts() }
        await #expect(throws: CodeBoxError.self) {
            _ = try await store.lease(worker: "w", count: 1, until: .now)
        }
    }

    @Test(
        "what is run for every job, or on a timer, uses an index and sorts nothing",
        arguments: [
            HotStatements.lease, HotStatements.heartbeat, HotStatements.finish,
            HotStatements.overdue, HotStatements.prune,
        ])
    func indexed(_ sql: String) async throws {
        let files = try TemporaryStore()
        let plan = try await files.open().database.writeWithoutTransaction { db in
            let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
            statement.setUncheckedArguments([])
            return try Row.fetchAll(statement).map { $0["detail"] as String }
        }
        expectIndexed(plan)
    }

    @Test(
        "a listing reads along an index in the page's order, whatever the filter",
        arguments: [
            JobQuery(), JobQuery(state: .finished), JobQuery(runtime: "python"),
            JobQuery(runtime: "python:3.13"), JobQuery(labels: ["a": "b"]),
            JobQuery(state: .queued, runtime: "python", labels: ["a": "b", "c": "d"]),
        ])
    func listingIndexed(_ query: JobQuery) async throws {
        let files = try TemporaryStore()
        var query = query
        query.before = JobID()
        let (sql, arguments) = SQLiteJobStore.listing(query, rows: 10)
        let plan = try await files.open().database.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments)
                .map { $0["detail"] as String }
        }
        expectIndexed(plan)
    }

    private func expectIndexed(_ plan: [String]) {
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN") && !$0.contains("INDEX") }, "\(plan)")
    }
}
