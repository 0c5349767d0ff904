import CodeBoxCore
import CodeBoxJobs
import GRDB
import Synchronization

/// Puts the writes of many callers into shared transactions, so that they share an fsync.
///
/// The first write starts a commit at once; those that come while it runs make up the next one. So
/// an idle store delays nothing, and a busy one commits as often as the disk allows, whatever the
/// number of callers. All of it happens on the writer connection's own queue.
final class GroupCommitter: Sendable {
    private struct State {
        var waiting: [PendingWrite] = []
        var isCommitting = false
        /// What SQLite's `synchronous` is set to; opening a store leaves `FULL`.
        var syncs = Durability.now
    }

    /// Keeps one transaction, and the wait of those behind it, short.
    private static let largestBatch = 512

    private let state = Mutex(State())
    private let database: DatabasePool
    private let path: String

    init(database: DatabasePool, path: String) {
        self.database = database
        self.path = path
    }

    /// Writes that stand in line for the next transaction.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Returns once the write is committed, and as durable as it has to be. An error thrown by `body`
    /// undoes what it did, reaches only this caller, and leaves the others' writes alone.
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

    /// Nil, and no longer committing, when nothing waits.
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
            // The transaction as a whole: a full disk, an I/O error. All in it have failed.
            try? db.rollback()
            let failure = CodeBoxError.store(path, error)
            for answer in answers { answer(failure) }
            for write in batch.dropFirst(answers.count) { write.abandon(failure) }
        }
    }

    /// A commit under `NORMAL` is written to the log and not synced; the next one under `FULL` syncs
    /// the log as a whole (sqlite.org/wal.html, sqlite.org/pragma.html#pragma_synchronous).
    private func setSyncing(_ durability: Durability, _ db: Database) throws {
        guard state.withLock({ $0.syncs != durability }) else { return }
        // It takes effect when it is compiled, so that there is no use in keeping it.
        try db.execute(sql: "PRAGMA synchronous = \(durability == .now ? "FULL" : "NORMAL")")
        state.withLock { $0.syncs = durability }
    }
}
