package import CodeBoxCore
import CodeBoxJobs
import Foundation
import GRDB

/// Keeps jobs in one SQLite file.
///
/// The file is in WAL mode with `synchronous=FULL`: when a method returns, its change is on the
/// disk. Writes of many callers share one transaction and one fsync (``GroupCommitter``). Reads
/// have their own connections and never wait for writes. No call blocks a thread of Swift's
/// concurrency pool.
package final class SQLiteJobStore: JobStore {
    let database: DatabasePool
    let committer: GroupCommitter
    let path: String

    /// Opens the file, or creates it (readable by its owner only), and brings its schema up to
    /// date.
    ///
    /// The call blocks. The caller makes sure that only one server at a time uses the file.
    /// - Parameter busySeconds: how long to wait when another process, e.g. a backup, holds the
    ///   file.
    /// - Throws: `storeFailed`.
    package init(path: String, busySeconds: Double = 10) throws(CodeBoxError) {
        self.path = path
        do {
            try makePrivateFile(path)
            var configuration = Configuration()
            configuration.busyMode = .timeout(busySeconds)
            configuration.label = "codebox.store"
            // GRDB's default asks for a priority that an unprivileged server can't set.
            configuration.qos = .unspecified
            // The server may write beside the store and nowhere else, so not in /tmp either.
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA temp_store = MEMORY")
            }
            database = try DatabasePool(path: path, configuration: configuration)
            try Schema.migrator.migrate(database)
            // GRDB sets NORMAL when it opens a file in WAL mode. A power cut may then undo a
            // commit.
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

    /// Closes the file after the writes under way. Later calls throw `storeFailed`. Durability does
    /// not depend on it.
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

    /// Runs reads on their own snapshot. A read that has begun is completed even if its task is
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
    /// Wraps an error from SQLite; a `CodeBoxError` is passed on as it is.
    static func store(_ path: String, _ error: any Error) -> CodeBoxError {
        if let error = error as? CodeBoxError { return error }
        return CodeBoxError(
            .storeFailed, "the job store \(path) failed; check its disk's space and health",
            cause: String(describing: error))
    }
}
