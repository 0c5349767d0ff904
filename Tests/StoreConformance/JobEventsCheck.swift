package import CodeBoxJobs

/// One promise of ``JobEvents`` and the proof of it.
package struct JobEventsCheck: Sendable, CustomStringConvertible {
    /// Two ends of the same events. For events within one process both are the same object; for
    /// events between processes each has a connection of its own.
    package struct Ends: Sendable {
        package var near: any JobEvents
        package var far: any JobEvents

        package init(near: any JobEvents, far: any JobEvents) {
            self.near = near
            self.far = far
        }
    }

    /// The promise, as a sentence.
    package let description: String
    private let body: @Sendable (Ends) async throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (Ends) async throws -> Void) {
        self.description = description
        self.body = body
    }

    /// - Throws: ``BrokenPromise`` if the events behave otherwise.
    package func run(on ends: Ends) async throws {
        try await body(ends)
    }
}
