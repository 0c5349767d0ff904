package import CodeBoxJobs

/// One promise of ``JobStore`` and the proof of it, run against a store that is empty.
package struct JobStoreCheck: Sendable, CustomStringConvertible {
    /// The promise, as a sentence.
    package let description: String
    private let body: @Sendable (any JobStore) async throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (any JobStore) async throws -> Void) {
        self.description = description
        self.body = body
    }

    /// - Throws: ``BrokenPromise`` where the store does otherwise.
    package func run(on store: any JobStore) async throws {
        try await body(store)
    }
}
