package import NIOCore

/// Runs tasks on an event loop's own thread.
///
/// A request then reaches its handler, and the response its socket, without a change of threads. On
/// an idle machine each change takes tens of microseconds, as long as a small program.
package final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    package init(_ loop: any EventLoop) { self.loop = loop }

    /// Runs `body`, and the tasks that are its children, on the loop's thread.
    package static func run<Value: Sendable>(
        on loop: any EventLoop, _ body: () async throws -> Value
    ) async rethrows -> Value {
        let executor = LoopExecutor(loop)
        // A task's reference to its executor does not keep the executor alive.
        defer { withExtendedLifetime(executor) {} }
        return try await withTaskExecutorPreference(executor) { try await body() }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
