import CodeBoxCore
import Synchronization

/// Counts runs from all tasks.
final class RunCounter: Sendable {
    private let state = Mutex(RunCounts())

    var counts: RunCounts { state.withLock { $0 } }

    /// Counts an attempt that ended.
    func add(_ result: JobResult, _ source: JobSource) {
        state.withLock { $0.add(result, source) }
    }

    /// Counts an attempt that CodeBox could not carry out.
    func add(_ error: CodeBoxError) {
        state.withLock { $0.add(error) }
    }

    func addBatch() {
        state.withLock { $0.addBatch() }
    }
}
