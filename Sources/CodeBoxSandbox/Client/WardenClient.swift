import CSandbox
package import CodeBoxCore
import Glibc
package import Logging
import Synchronization

/// The way to the warden: asks it for sandboxes, sends them their programs, reads their outputs.
///
/// One thread of its own does all the waiting, for any number of programs at once.
package final class WardenClient: SandboxRunner, Sendable {
    private let loop: ClientLoop
    private let ids = Atomic<UInt64>(0)

    /// No pools: every program gets a sandbox that is made for it.
    package static let nothingWarm = WarmPoolPolicy(minimum: 0, maximum: 0)

    private init(
        endpoint: WardenEndpoint, warden: WardenProcess?, policy: WarmPoolPolicy, logger: Logger
    ) throws(CodeBoxError) {
        loop = try ClientLoop(
            endpoint: endpoint, warden: warden, policy: policy, logger: logger)
        loop.startThread()
    }

    /// A client of the warden that listens at a socket's path, now or soon; it connects, and after
    /// a loss reconnects, by itself.
    /// - Parameter policy: of the pools that ``keepWarm(_:)`` and runs name.
    package static func connect(
        path: String, policy: WarmPoolPolicy = nothingWarm, logger: Logger
    ) throws(CodeBoxError) -> WardenClient {
        try WardenClient(endpoint: .path(path), warden: nil, policy: policy, logger: logger)
    }

    /// Starts a warden of its own, which ends with this client.
    /// - Parameters:
    ///   - executable: a program that runs ``WardenMain`` when its first argument is `warden`.
    ///   - arguments: what follows `warden`; the socket's fd is 3 and the lifeline's 4 there.
    ///   - policy: of the pools that ``keepWarm(_:)`` and runs name.
    package static func spawn(
        executable: String, arguments: [String], policy: WarmPoolPolicy = nothingWarm,
        logger: Logger
    ) throws(CodeBoxError) -> WardenClient {
        let (warden, socket) = try WardenProcess.start(
            executable: executable, arguments: arguments)
        return try WardenClient(
            endpoint: .socket(socket), warden: warden, policy: policy, logger: logger)
    }

    package var isAvailable: Bool { loop.gate.isOpen }

    package func waitUntilAvailable() async {
        await loop.gate.wait()
    }

    package func run(
        _ program: SandboxProgram, in spec: SandboxSpec, until stop: StopSignal,
        onOutput: (@Sendable (OutputStream, [UInt8]) -> Void)?, whenGone: (@Sendable () -> Void)?
    ) async throws(CodeBoxError) -> SandboxReport {
        guard let image = Hex.bytes(spec.image), image.count == 32 else {
            whenGone?()
            throw CodeBoxError(
                .imageFailed, "'\(spec.image)' is not an image's digest (64 hex digits)")
        }
        let id = ids.wrappingAdd(1, ordering: .relaxed).newValue
        let run = SandboxRun(
            id: id, program: program, spec: spec, image: image, onOutput: onOutput,
            whenGone: whenGone)
        let listener = stop.onFire { self.loop.post(.cancel(run)) }
        defer { stop.remove(listener) }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                run.await(continuation)
                loop.post(.start(run))
            }
        } onCancel: {
            stop.fire(.taskCanceled)
        }
        return try outcome.get()
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
