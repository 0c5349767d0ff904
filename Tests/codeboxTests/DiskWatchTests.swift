import Foundation
import Glibc
import Synchronization
import Testing
import codebox

/// What a `prepare` step may take from the disk.
@Suite
struct DiskWatchTests {
    private final class Count: Sendable {
        let fills = Atomic(0)
    }

    /// A watch that allows so much, on a folder that then takes 64 MiB.
    private func fills(mostBytes: UInt64) async throws -> (called: Int, said: Bool) {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("codebox-disk-\(UUID())").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let count = Count()
        let watch = DiskWatch(folder, mostBytes: mostBytes) {
            count.fills.add(1, ordering: .relaxed)
        }
        let file = open(folder + "/taken", O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        try #require(posix_fallocate(file, 0, 64 << 20) == 0)
        // The watch looks ten times a second; it must fire once, however often it looks.
        for _ in 0..<50 where count.fills.load(ordering: .relaxed) == 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
        try await Task.sleep(for: .milliseconds(300))
        return (count.fills.load(ordering: .relaxed), watch.end())
    }

    @Test("what takes more of the disk than it may is noticed, once")
    func over() async throws {
        let seen = try await fills(mostBytes: 16 << 20)
        #expect(seen.called == 1 && seen.said)
    }

    @Test("what stays within its share of the disk is left alone")
    func within() async throws {
        let seen = try await fills(mostBytes: 8 << 30)
        #expect(seen.called == 0 && !seen.said)
    }
}
