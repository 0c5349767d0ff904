import Foundation
import Testing

extension EndToEnd {
    /// What a job can make the host's disks do, judged by the host's own counters.
    @Suite(.server)
    struct BlockDeviceTests {
        /// Flushes of all disks since the machine's start (Documentation/admin-guide/iostats.rst).
        private func flushes() throws -> Int {
            let field = 18
            let text = try #require(HostProcess.read("/proc/diskstats"))
            return text.split(separator: "\n").reduce(0) { sum, line in
                let fields = line.split(separator: " ")
                return sum + (fields.count > field ? Int(fields[field]) ?? 0 : 0)
            }
        }

        @Test("fsync and its kin succeed without a flush, and refuse a closed descriptor")
        func flushing() async throws {
            let before = try flushes()
            let found = try await probe(program("block_device.py"))
            let grown = try flushes() - before
            // The job asks for 23,000. The server's store and other programs flush too.
            #expect(grown < 2_000, "\(grown) flushes")
            #expect(found["slow"] == false)
            #expect(found["closed"] == ["EBADF", "EBADF", "EBADF", "EBADF"])
            #expect(found["layer"] == true)
        }

        @Test("no job reads past the page cache, evicts pages, or holds a lease")
        func cache() async throws {
            let found = try await probe(program("block_device.py"))
            #expect(found["direct"] == ["EINVAL", "EINVAL"])
            #expect(found["lease"] == ["EINVAL", "EINVAL", "EINVAL", "EINVAL"])
            // Advice is taken and not followed; SeccompRefusalTests shows that it is not made.
            #expect(found["advice"] == .null)
        }
    }
}
