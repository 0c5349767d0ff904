package import CodeBoxCore
package import CodeBoxJobs
import GRDB

extension SQLiteJobStore {
    package func job(_ id: JobID) async throws(CodeBoxError) -> Job? {
        try await read { db in try JobRow.one(id, db)?.job }
    }

    package func list(_ query: JobQuery) async throws(CodeBoxError) -> JobPage {
        let limit = max(1, query.limit)
        let jobs = try await read { db in
            let (sql, arguments) = Self.listing(query, rows: limit + 1)
            return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
                .map { try JobRow($0).job }
        }
        let page = Array(jobs.prefix(limit))
        return JobPage(jobs: page, next: jobs.count > limit ? page.last?.id : nil)
    }

    package func counts() async throws(CodeBoxError) -> [JobState: Int] {
        try await read { db in
            var counts = Dictionary(uniqueKeysWithValues: JobState.allCases.map { ($0, 0) })
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: "SELECT state, jobs FROM job_count"))
            for row in rows {
                if let state = JobState(rawValue: row[0]) { counts[state] = row[1] }
            }
            return counts
        }
    }

    /// The statement consists of fixed pieces; every value is an argument.
    static func listing(_ query: JobQuery, rows: Int) -> (String, StatementArguments) {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        let labels = query.labels.sorted { $0.key < $1.key }
        // The label's own index has the order of the page. CROSS JOIN keeps SQLite from swapping
        // the two tables.
        var tables = " FROM job"
        var key = "job.id"
        if let first = labels.first {
            tables = " FROM job_label CROSS JOIN job ON job.sequence = job_label.sequence"
            key = "job_label.id"
            conditions.append("job_label.name = ? AND job_label.value = ?")
            arguments += [first.key, first.value]
        }
        for (name, value) in labels.dropFirst() {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM job_label AS other
                    WHERE other.name = ? AND other.value = ? AND other.id = job.id)
                """)
            arguments += [name, value]
        }
        if let state = query.state {
            conditions.append("job.state = ?")
            arguments += [state.rawValue]
        }
        if let runtime = query.runtime {
            conditions.append(
                runtime.contains(":")
                    ? "job.runtime_name = ? AND job.runtime = ?" : "job.runtime_name = ?")
            arguments += [String(runtime.prefix { $0 != ":" })]
            if runtime.contains(":") { arguments += [runtime] }
        }
        if let before = query.before {
            conditions.append("\(key) < ?")
            arguments += [before.description]
        }
        let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        arguments += [rows]
        return (
            "\(JobRow.select)\(tables)\(JobRow.joins)\(filter) ORDER BY \(key) DESC LIMIT ?",
            arguments
        )
    }
}
