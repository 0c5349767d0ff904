package import CodeBoxCore
import CodeBoxJobs
import Foundation
import GRDB

/// Keeps jobs in one SQLite file.
///
/// WAL with `synchronous=FULL`: a method that returned has its change on the disk. Writes of many
/// callers share one transaction and one fsync (``GroupCommitter``); reads have connections of their
/// own and never wait for writes. No call blocks a thread of Swift's concurrency pool.
package final class SQLiteJobStore: JobStore {
    let database: DatabasePool
    let committer: GroupCommitter
    let path: String

    /// Opens the file, or makes it (readable by its owner only), and brings its schema up to date.
    ///
    /// Blocks for as long as that takes. One server at a time: the caller sees to it.
    /// - Parameter busySeconds: how long to wait when another process, e.g. a backup, holds the file.
    /// - Throws: `storeFailed`.
    package init(path: String, busySeconds: Double = 10) throws(CodeBoxError) {
        self.path = path
        do {
            try makePrivateFile(path)
            var configuration = Configuration()
            configuration.busyMode = .timeout(busySeconds)
            configuration.label = "codebox.store"
            // GRDB's own choice asks for a priority that a server without privilege can't give.
            configuration.qos = .unspecified
            // The server may write nowhere but beside the store, least of all in /tmp.
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA temp_store = MEMORY")
            }
            database = try DatabasePool(path: path, configuration: configuration)
            try Schema.migrator.migrate(database)
            // Opening in WAL mode, GRDB has set NORMAL, with which a power cut may undo a commit.
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
        } catch {
            throw CodeBoxError(
                .storeFailed, "the job store \(path) can't be opened; check the path and the disk",
                cause: String(describing: error))
        }
        committer = GroupCommitter(database: database, path: path)
    }

    /// Closes the file after the writes under way; later calls throw `storeFailed`. Not needed for
    /// durability.
    /// - Throws: `storeFailed` while reads are under way.
    package func close() throws(CodeBoxError) {
        do {
            try database.close()
        } catch {
            throw CodeBoxError(
                .storeFailed, "the job store \(path) can't be closed",
                cause: String(describing: error))
        }
    }

    /// Runs reads on a snapshot of their own. A read that has begun ends even if its task is
    /// canceled.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value)
        async throws(CodeBoxError) -> Value
    {
        let path = path
        let result: Result<Value, CodeBoxError> = await withCheckedContinuation { continuation in
            database.asyncRead { access in
                continuation.resume(
                    returning: Result { try body(access.get()) }
                        .mapError { CodeBoxError.store(path, $0) })
            }
        }
        return try result.get()
    }
}

/// SQLite gives its companion files (`-wal`, `-shm`) the permissions of the main one.
private func makePrivateFile(_ path: String) throws(CodeBoxError) {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
        throw CodeBoxError(
            .storeFailed, "can't open \(path)", cause: String(cString: strerror(errno)))
    }
    _ = close(descriptor)
}

extension CodeBoxError {
    /// An error from SQLite in our words; one of our own is handed on.
    static func store(_ path: String, _ error: any Error) -> CodeBoxError {
        if let error = error as? CodeBoxError { return error }
        return CodeBoxError(
            .storeFailed, "the job store \(path) failed; check its disk's space and health",
            cause: String(describing: error))
    }
}
