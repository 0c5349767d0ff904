package import CodeBoxCore
import Glibc
package import Logging
import Synchronization
import CodeBoxSystem
package import CodeBoxSandbox

/// Asks the warden for sandboxes, sends programs to them, and reads their outputs.
///
/// One thread does all the waiting, for any number of programs at once.
package final class WardenClient: SandboxRunner, Sendable {
    private let loop: ClientLoop
    private let ids = Atomic<UInt64>(0)

    /// No sandbox waits: each is made for its program.
    package static let nothingWarm = WarmPoolPolicy(minimum: 0, maximum: 0)

    private init(
        endpoint: WardenEndpoint, warden: WardenProcess?, policy: WarmPoolPolicy, logger: Logger
    ) throws(CodeBoxError) {
        loop = try ClientLoop(
            endpoint: endpoint, warden: warden, policy: policy, logger: logger)
        loop.startThread()
    }

    /// A client of the warden that listens at a socket's path, now or soon. The client connects by
    /// itself, and reconnects after a loss.
    /// - Parameter policy: of the pools that ``keepWarm(_:)`` and runs name.
    package static func connect(
        path: String, policy: WarmPoolPolicy = nothingWarm, logger: Logger
    ) throws(CodeBoxError) -> WardenClient {
        try WardenClient(endpoint: .path(path), warden: nil, policy: policy, logger: logger)
    }

    /// Starts a warden that ends with this client.
    /// - Parameters:
    ///   - policy: of the pools that ``keepWarm(_:)`` and runs name.
    ///   - start: starts a warden and returns its pid. The warden's descriptor 3 is the first of
    ///     these, its socket; 4 the second, its lifeline. The other is its stdout and stderr.
    package static func spawn(
        policy: WarmPoolPolicy = nothingWarm, logger: Logger,
        _ start: (_ descriptors: [CInt], _ output: CInt) throws(CodeBoxError) -> CInt
    ) throws(CodeBoxError) -> WardenClient {
        let (warden, socket) = try WardenProcess.start(start)
        return try WardenClient(
            endpoint: .socket(socket), warden: warden, policy: policy, logger: logger)
    }

    package var isAvailable: Bool { loop.isConnected }

    package func waitUntilAvailable() async {
        await loop.waitUntilConnected()
    }

    package func run(
        _ program: SandboxProgram, in spec: SandboxSpec, until stop: StopSignal,
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?, whenGone: (@Sendable () -> Void)?
    ) async throws(CodeBoxError) -> SandboxReport {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                begin(program, spec, until: stop, onOutput, whenGone) {
                    continuation.resume(returning: $0)
                }
            }
        } onCancel: {
            stop.fire(.taskCanceled)
        }
        return try outcome.get()
    }

    package func begin(
        _ program: SandboxProgram, in spec: SandboxSpec, until stop: StopSignal,
        whenGone: @escaping @Sendable () -> Void,
        onEnd: @escaping @Sendable (Result<SandboxReport, CodeBoxError>) -> Void
    ) {
        begin(program, spec, until: stop, nil, whenGone, onEnd: onEnd)
    }

    private func begin(
        _ program: SandboxProgram, _ spec: SandboxSpec, until stop: StopSignal,
        _ onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?,
        _ whenGone: (@Sendable () -> Void)?,
        onEnd: @escaping @Sendable (Result<SandboxReport, CodeBoxError>) -> Void
    ) {
        guard let image = Hex.bytes(spec.image), image.count == 32 else {
            whenGone?()
            onEnd(
                .failure(
                    CodeBoxError(
                        .imageFailed, "'\(spec.image)' is not an image's digest (64 hex digits)")))
            return
        }
        let id = ids.wrappingAdd(1, ordering: .relaxed).newValue
        let run = SandboxRun(
            id: id, program: program, spec: spec, image: image, onOutput: onOutput,
            whenGone: whenGone)
        let listener = stop.onFire { self.loop.post(.cancel(run)) }
        run.answer { outcome in
            stop.remove(listener)
            onEnd(outcome)
        }
        loop.post(.start(run))
    }

    package func keepWarm(_ pools: [WarmPoolKey]) {
        loop.post(.keepWarm(pools.filter { Hex.bytes($0.image)?.count == 32 }))
    }

    package func statistics() async -> WarmPoolStatistics {
        await withCheckedContinuation { loop.post(.statistics($0)) }
    }

    /// Kills what still runs, waits until every sandbox is gone, and ends the thread; and the
    /// warden, if it is this client's own.
    package func shutdown() async {
        await withCheckedContinuation { continuation in
            loop.post(.shutdown(continuation))
        }
    }
}
