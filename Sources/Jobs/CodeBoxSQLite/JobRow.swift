import CodeBoxCore
import CodeBoxJobs
import Foundation
import GRDB

/// A job with its place in the order of insertion, as the tables hold it.
struct JobRow {
    var sequence: Int64
    var job: Job

    /// Selects every column that ``init(_:)`` reads. The caller appends tables and conditions.
    static let select = """
        SELECT job.sequence, job.id, job.state, job.attempt, job.cancel_requested, job.created_at,
            job.started_at, job.finished_at, job_program.spec, job_program.content,
            job_result.result, job_result.stdout, job_result.stderr
        """
    static let joins = """
         JOIN job_program ON job_program.sequence = job.sequence
        LEFT JOIN job_result ON job_result.sequence = job.sequence
        """

    init(_ row: Row) throws {
        sequence = row[0]
        let name: String = row[1]
        guard let id = JobID(name), let state = JobState(rawValue: row[2]) else {
            throw CodeBoxError(.storeFailed, "a stored job is damaged: id '\(name)' or its state")
        }
        let result: String? = row[10]
        job = Job(
            id: id, spec: try ProgramRecord.spec(json: row[8], content: row[9]), state: state,
            attempt: row[3], createdAt: Timestamp(microseconds: row[5]),
            startedAt: (row[6] as Int64?).map(Timestamp.init),
            finishedAt: (row[7] as Int64?).map(Timestamp.init), cancelRequested: row[4],
            result: try result.map {
                try ResultRecord.result(
                    json: $0, stdout: Array(row[11] as Data), stderr: Array(row[12] as Data))
            })
    }

    static func one(_ id: JobID, _ db: Database) throws -> JobRow? {
        let statement = try db.cachedStatement(
            sql: "\(select) FROM job\(joins) WHERE job.id = ?")
        return try Row.fetchOne(statement, arguments: [id.description]).map(JobRow.init)
    }

    static func all(sequences: [Int64], _ db: Database) throws -> [JobRow] {
        let statement = try db.cachedStatement(
            sql: "\(select) FROM job\(joins) WHERE job.sequence = ?")
        return try sequences.sorted().compactMap { sequence in
            try Row.fetchOne(statement, arguments: [sequence]).map(JobRow.init)
        }
    }

    /// Writes what a move has changed: the state and everything that depends on it. A job that runs
    /// no longer loses its lease.
    func saveMove(_ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE job SET state = ?, cancel_requested = ?, finished_at = ?,
                    worker = CASE WHEN ?1 = 'running' THEN worker END,
                    lease_until = CASE WHEN ?1 = 'running' THEN lease_until END
                WHERE sequence = ?
                """
        ).execute(arguments: [
            job.state.rawValue, job.cancelRequested, job.finishedAt?.microseconds, sequence,
        ])
        if let result = job.result { try Self.save(result, sequence: sequence, db) }
    }

    static func save(_ result: JobResult, sequence: Int64, _ db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT INTO job_result (sequence, result, stdout, stderr) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [
            sequence, try ResultRecord.json(of: result), Data(result.stdout.bytes),
            Data(result.stderr.bytes),
        ])
    }

    static func insert(
        _ job: Job, lease: (worker: String, until: Timestamp)? = nil, _ db: Database
    ) throws {
        let program = try ProgramRecord.columns(of: job.spec)
        try db.cachedStatement(
            sql: """
                INSERT INTO job (id, state, runtime, runtime_name, attempt, at_most_once,
                    cancel_requested, created_at, started_at, finished_at, worker, lease_until)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            job.id.description, job.state.rawValue, job.spec.runtime, job.spec.runtimeName,
            job.attempt, job.spec.atMostOnce, job.cancelRequested, job.createdAt.microseconds,
            job.startedAt?.microseconds, job.finishedAt?.microseconds, lease?.worker,
            lease?.until.microseconds,
        ])
        let sequence = db.lastInsertedRowID
        try db.cachedStatement(
            sql: "INSERT INTO job_program (sequence, spec, content) VALUES (?, ?, ?)"
        ).execute(arguments: [sequence, program.spec, program.content])
        for (name, value) in job.spec.labels {
            try db.cachedStatement(
                sql: "INSERT INTO job_label (name, value, id, sequence) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [name, value, job.id.description, sequence])
        }
    }
}
