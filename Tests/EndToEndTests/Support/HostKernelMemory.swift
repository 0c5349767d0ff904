import Foundation
import Glibc
import Synchronization

/// The machine's own count of kernel memory that can't be reclaimed.
enum HostKernelMemory {
    /// Slabs, and the pages of TCP sockets, bytes.
    static func bytes() -> Int? {
        guard let memory = HostProcess.read("/proc/meminfo"),
            let sockets = HostProcess.read("/proc/net/sockstat"),
            let slabs = memory.firstMatch(of: #/SUnreclaim: +(\d+) kB/#).flatMap({ Int($0.1) }),
            let pages = sockets.firstMatch(of: #/TCP: .* mem (\d+)/#).flatMap({ Int($0.1) })
        else { return nil }
        return slabs << 10 + pages * sysconf(CInt(_SC_PAGESIZE))
    }
}

/// The most kernel memory that was in use during a piece of work.
final class PeakKernelMemory: Sendable {
    private let most = Atomic(0)

    var bytes: Int { most.load(ordering: .relaxed) }

    /// Looks every 5 ms until the work is done.
    func during<Value: Sendable>(
        _ work: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while !Task.isCancelled {
                    self.most.max(HostKernelMemory.bytes() ?? 0, ordering: .relaxed)
                    try? await Task.sleep(for: .milliseconds(5))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let next = try await group.next() {
                if let value = next { return value }
            }
            throw CancellationError()
        }
    }
}
