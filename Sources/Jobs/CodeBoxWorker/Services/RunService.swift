package import CodeBoxCore

/// Runs programs without storing them: `POST /v1/run` and `POST /v1/batch`.
package protocol RunService: Sendable {
    /// Runs one program and returns when it has ended.
    ///
    /// The program is killed when `stop` fires or the task is canceled. Nothing is stored.
    /// - Throws: `invalidRequest`, `limitOutOfRange`, `unknownRuntime`, `runtimeNotBuilt`,
    ///   `queueFull`, `shuttingDown`, `sandboxFailed`, `wardenUnavailable`.
    func run(_ spec: JobSpec, for principal: Principal, until stop: StopSignal)
        async throws(CodeBoxError) -> Job

    /// Begins what ``run(_:for:until:)`` does, if the program can start at once. No task waits for
    /// its end.
    /// - Parameters:
    ///   - spec: makes the job; called once there is room for it.
    ///   - onEnd: called once, on any thread, with what `run` would return or throw. It must not
    ///     block.
    /// - Returns: false, with nothing begun, if the program would have to wait for a slot; use
    ///   `run` then.
    /// - Throws: what `spec` throws.
    func begin(
        _ spec: () throws -> JobSpec, for principal: Principal, until stop: StopSignal,
        onEnd: @escaping @Sendable (Result<Job, CodeBoxError>) -> Void
    ) throws -> Bool

    /// Lets a batch begin.
    /// - Throws: `shuttingDown`, `queueFull`.
    func admitBatch() throws(CodeBoxError) -> BatchPass

    /// Runs many programs as ``run(_:for:until:)`` does, several at a time and in turn with all
    /// other jobs.
    ///
    /// When the client is gone (`stop` says so, the task is canceled, or `deliver` throws), running
    /// programs are killed, the others never begin, and no more results are delivered.
    /// - Parameter deliver: gets each program's place in `specs` and its result, in the order in
    ///   which they end, one at a time. While it waits, only a few more programs run.
    /// - Throws: what `deliver` throws.
    func run(
        _ specs: [JobSpec], for principal: Principal, with pass: BatchPass, until stop: StopSignal,
        deliver: (Int, Result<Job, CodeBoxError>) async throws -> Void
    ) async throws
}
