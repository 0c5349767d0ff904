import CodeBoxCore
import CodeBoxJobs
import GRDB
import Synchronization

/// Puts the writes of many callers into shared transactions, so that they share an fsync.
///
/// The first write starts a commit at once. Writes that come while it runs make up the next commit.
/// An idle store therefore delays nothing, and a busy one commits as often as the disk allows,
/// whatever the number of callers. All of this happens on the writer connection's own queue.
final class GroupCommitter: Sendable {
    private struct State {
        var waiting: [PendingWrite] = []
        var isCommitting = false
        /// The present setting of SQLite's `synchronous`. It is `FULL` when a store is opened.
        var syncs = Durability.now
    }

    /// The most writes in one transaction; keeps it short, and with it the wait for the next one.
    private static let largestBatch = 512

    private let state = Mutex(State())
    private let database: DatabasePool
    private let path: String

    init(database: DatabasePool, path: String) {
        self.database = database
        self.path = path
    }

    /// The number of writes that wait for the next transaction.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Returns once the write is committed and as durable as asked for. An error thrown by `body`
    /// undoes its own changes, reaches only this caller, and leaves the other callers' writes
    /// alone.
    func write<Value: Sendable>(
        _ durability: Durability = .now, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(CodeBoxError) -> Value {
        let path = path
        let result: Result<Value, CodeBoxError> = await withCheckedContinuation { continuation in
            enqueue(
                PendingWrite(path: path, durability: durability, body: body) {
                    continuation.resume(returning: $0)
                })
        }
        return try result.get()
    }

    private func enqueue(_ write: PendingWrite) {
        let mustStart = state.withLock { state in
            state.waiting.append(write)
            defer { state.isCommitting = true }
            return !state.isCommitting
        }
        if mustStart {
            database.asyncWriteWithoutTransaction { db in self.commitAll(db) }
        }
    }

    private func commitAll(_ db: Database) {
        while let batch = nextBatch() { commit(batch, db) }
    }

    /// The writes of the next transaction. Nil when no write waits; the committer is then idle.
    private func nextBatch() -> [PendingWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isCommitting = false
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.largestBatch))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func commit(_ batch: [PendingWrite], _ db: Database) {
        var answers: [PendingWrite.Answer] = []
        answers.reserveCapacity(batch.count)
        do {
            try setSyncing(batch.contains { $0.durability == .now } ? .now : .later, db)
            try db.beginTransaction(.immediate)
            for write in batch {
                answers.append(try write.perform(db))
            }
            try db.commit()
            for answer in answers { answer(nil) }
        } catch {
            // The transaction failed as a whole (a full disk, an I/O error), and with it every
            // write.
            try? db.rollback()
            let failure = CodeBoxError.store(path, error)
            for answer in answers { answer(failure) }
            for write in batch.dropFirst(answers.count) { write.abandon(failure) }
        }
    }

    /// A commit under `NORMAL` is written to the log and not synced. The next commit under `FULL`
    /// syncs the whole log (sqlite.org/wal.html, sqlite.org/pragma.html#pragma_synchronous).
    private func setSyncing(_ durability: Durability, _ db: Database) throws {
        guard state.withLock({ $0.syncs != durability }) else { return }
        // The pragma takes effect when it is compiled, so the statement is not cached.
        try db.execute(sql: "PRAGMA synchronous = \(durability == .now ? "FULL" : "NORMAL")")
        state.withLock { $0.syncs = durability }
    }
}
