import CodeBoxCore
import CodeBoxJobs
import GRDB

/// One caller's write on its way into a shared transaction.
struct PendingWrite: Sendable {
    /// Gives the caller its result. The argument is nil if the transaction is committed; otherwise
    /// it says why not.
    typealias Answer = @Sendable (CodeBoxError?) -> Void

    let durability: Durability
    /// Makes the changes within the open transaction.
    ///
    /// Throws only an error that ended the whole transaction; ``abandon`` then tells the caller. An
    /// error of the body undoes the body's changes and is part of the answer.
    let perform: @Sendable (Database) throws -> Answer
    /// Tells the caller that its write was not made.
    let abandon: @Sendable (CodeBoxError) -> Void

    init<Value: Sendable>(
        path: String, durability: Durability,
        body: @escaping @Sendable (Database) throws -> Value,
        answer: @escaping @Sendable (Result<Value, CodeBoxError>) -> Void
    ) {
        self.durability = durability
        perform = { db in
            try Self.run("SAVEPOINT one_write", db)
            let outcome: Result<Value, CodeBoxError>
            do {
                outcome = .success(try body(db))
            } catch {
                // Some errors (SQLITE_FULL, SQLITE_IOERR) roll the whole transaction back.
                guard db.isInsideTransaction else { throw error }
                try Self.run("ROLLBACK TO one_write", db)
                outcome = .failure(CodeBoxError.store(path, error))
            }
            try Self.run("RELEASE one_write", db)
            return { failure in
                if let failure, case .success = outcome {
                    answer(.failure(failure))
                } else {
                    answer(outcome)
                }
            }
        }
        abandon = { answer(.failure($0)) }
    }

    private static func run(_ sql: String, _ db: Database) throws {
        try db.cachedStatement(sql: sql).execute()
    }
}
