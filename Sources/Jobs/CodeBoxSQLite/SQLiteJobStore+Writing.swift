package import CodeBoxCore
package import CodeBoxJobs
import GRDB

extension SQLiteJobStore {
    package func insert(_ jobs: [Job], maximumQueued: Int) async throws(CodeBoxError) {
        try await committer.write { db in
            let queued = try Int.fetchOne(
                db.cachedStatement(sql: "SELECT jobs FROM job_count WHERE state = 'queued'"))
            guard (queued ?? 0) + jobs.count <= maximumQueued else {
                throw CodeBoxError.queueIsFull(maximum: maximumQueued)
            }
            for job in jobs { try Self.insert(job, db) }
        }
    }

    package func insertLeased(
        _ job: Job, worker: String, until: Timestamp, durability: Durability
    ) async throws(CodeBoxError) -> Job {
        let leased = job.leased(at: .now)
        try await committer.write(durability) { db in
            try Self.insert(leased, lease: (worker, until), db)
        }
        return leased
    }

    package func flush() async throws(CodeBoxError) {
        // A commit syncs the whole log, but only if it changed a page. So this one changes a page.
        try await committer.write { db in
            try db.cachedStatement(sql: "INSERT INTO job_count VALUES ('flush', 0)").execute()
            try db.cachedStatement(sql: "DELETE FROM job_count WHERE state = 'flush'").execute()
        }
    }

    package func lease(worker: String, count: Int, until: Timestamp)
        async throws(CodeBoxError) -> [Job]
    {
        try await committer.write { db in
            let leased = try Int64.fetchAll(
                db.cachedStatement(sql: HotStatements.lease),
                arguments: [
                    worker, until.microseconds, Timestamp.now.microseconds, max(0, count),
                ])
            return try JobRow.all(sequences: leased, db).map(\.job)
        }
    }

    package func heartbeat(worker: String, until: Timestamp)
        async throws(CodeBoxError) -> Set<JobID>
    {
        try await committer.write { db in
            let held = try String.fetchAll(
                db.cachedStatement(sql: HotStatements.heartbeat),
                arguments: [until.microseconds, worker])
            return Set(held.compactMap { JobID($0) })
        }
    }

    package func finish(
        _ id: JobID, attempt: Int, worker: String, result: JobResult, at instant: Timestamp
    ) async throws(CodeBoxError) -> Bool {
        try await committer.write { db in
            let ended = try Int64.fetchOne(
                db.cachedStatement(sql: HotStatements.finish),
                arguments: [instant.microseconds, id.description, attempt, worker])
            guard let ended else { return false }
            try JobRow.save(result, sequence: ended, db)
            return true
        }
    }

    package func release(
        _ id: JobID, attempt: Int, worker: String, maximumAttempts: Int, reason: String
    ) async throws(CodeBoxError) -> Job? {
        try await committer.write { db in
            let held = try Int64.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT sequence FROM job
                        WHERE id = ? AND state = 'running' AND attempt = ? AND worker = ?
                        """),
                arguments: [id.description, attempt, worker])
            return try Self.takeBack(
                held, now: .now, maximumAttempts: maximumAttempts, reason: reason, db
            ).first
        }
    }

    package func cancel(_ id: JobID) async throws(CodeBoxError) -> Job {
        try await committer.write { db in
            guard var row = try JobRow.one(id, db) else { throw CodeBoxError.noSuchJob(id) }
            row.job = try row.job.canceled(at: .now)
            try row.saveMove(db)
            return row.job
        }
    }

    package func reap(now: Timestamp, worker: String?, maximumAttempts: Int)
        async throws(CodeBoxError) -> [Job]
    {
        try await committer.write { db in
            let overdue =
                if let worker {
                    try Int64.fetchAll(
                        db.cachedStatement(
                            sql: "SELECT sequence FROM job WHERE state = 'running' AND worker = ?"),
                        arguments: [worker])
                } else {
                    try Int64.fetchAll(
                        db.cachedStatement(sql: HotStatements.overdue),
                        arguments: [now.microseconds])
                }
            return try Self.takeBack(
                overdue, now: now, maximumAttempts: maximumAttempts,
                reason: JobInterruption.workerLost, db)
        }
    }

    package func prune(finishedBefore instant: Timestamp, limit: Int)
        async throws(CodeBoxError) -> Int
    {
        try await committer.write { db in
            try db.cachedStatement(sql: HotStatements.prune).execute(arguments: [
                instant.microseconds, max(0, limit),
            ])
            return db.changesCount
        }
    }

    private static func insert(
        _ job: Job, lease: (worker: String, until: Timestamp)? = nil, _ db: Database
    ) throws {
        do {
            try JobRow.insert(job, lease: lease, db)
        } catch DatabaseError.SQLITE_CONSTRAINT_UNIQUE {
            throw CodeBoxError.jobExists(job.id)
        }
    }

    private static func takeBack(
        _ sequences: [Int64], now: Timestamp, maximumAttempts: Int, reason: String, _ db: Database
    ) throws -> [Job] {
        try JobRow.all(sequences: sequences, db).map { row in
            var row = row
            row.job = row.job.takenBack(at: now, maximumAttempts: maximumAttempts, reason: reason)
            try row.saveMove(db)
            return row.job
        }
    }
}
