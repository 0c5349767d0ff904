package import CodeBoxJobs

/// A promise of ``JobStore`` and its check, which runs on an empty store.
package struct JobStoreCheck: Sendable, CustomStringConvertible {
    /// The promise, as a sentence.
    package let description: String
    private let body: @Sendable (any JobStore) async throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (any JobStore) async throws -> Void) {
        self.description = description
        self.body = body
    }

    /// - Throws: ``BrokenPromise`` if the store breaks the promise.
    package func run(on store: any JobStore) async throws {
        try await body(store)
    }
}
