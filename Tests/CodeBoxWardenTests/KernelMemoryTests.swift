import Glibc
import Testing

@testable import CodeBoxWarden

@Suite("Kernel memory that no cgroup counts")
struct KernelMemoryTests {
    @Test("growth beyond the budget is told, from the least that was in use while jobs run")
    func level() {
        var level = KernelMemoryLevel(budgetBytes: 100)
        func excess(at bytes: Int) -> Int? { level.excess(at: bytes) }
        #expect(excess(at: 1000) == nil)
        #expect(excess(at: 1100) == nil)
        #expect(excess(at: 1101) == 101)
        #expect(excess(at: 900) == nil)
        #expect(excess(at: 1001) == 101)
        level.accept(1001)
        #expect(excess(at: 1101) == nil)
        level.rest()
        #expect(excess(at: 5000) == nil)
        #expect(excess(at: 5101) == 101)
    }

    @Test("growth that takes longer than jobs run is no job's")
    func slowGrowth() {
        var level = KernelMemoryLevel(budgetBytes: 256 << 20)
        // 100 KiB a second, for three hours.
        let excesses = (0..<(3 * 3600 * 20)).compactMap { level.excess(at: $0 * (5 << 10)) }
        #expect(excesses.isEmpty)
    }

    @Test("the kernel's counters are read by name")
    func counters() {
        let memory = Array("Slab:  949328 kB\nSReclaimable: 5 kB\nSUnreclaim:     139864 kB\n".utf8)
        #expect(KernelMemoryGauge.slabBytes(memory) == 139_864 << 10)
        #expect(KernelMemoryGauge.slabBytes(Array("Slab: 1 kB\n".utf8)) == nil)
        let sockets = """
            sockets: used 46
            TCP: inuse 4 orphan 0 tw 10 alloc 4 mem 30
            UDP: inuse 0 mem 7
            FRAG: inuse 0 memory 900
            """
        #expect(KernelMemoryGauge.socketPages(Array(sockets.utf8)) == 37)
        let tcp = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
               0: 0100007F:1F90 00000000:0000 01 00000010:00000A00 00:00000000 00000000     0
               1: 0100007F:1F91 00000000:0000 01 00000001:00000000 00:00000000 00000000     0
            """
        #expect(ProcessHoldings.queued(Array(tcp.utf8)) == 0x10 + 0xa00 + 1)
    }

    @Test("locks are counted by process, and those of open files by file")
    func locks() {
        let sample = LockSample(
            Array(
                """
                1: POSIX  ADVISORY  WRITE 17 fe:01:99 8602 8602
                2: POSIX  ADVISORY  READ  17 fe:01:99 0 EOF
                2: -> POSIX  ADVISORY  WRITE 18 fe:01:99 0 EOF
                3: FLOCK  ADVISORY  WRITE 19 00:1f:5 0 EOF
                4: OFDLCK ADVISORY  WRITE -1 00:20:7 0 1
                nonsense
                """.utf8))
        #expect(sample.byProcess == [17: 2, 18: 1, 19: 1])
        #expect(sample.byFile == [LockSample.File(device: 0x20, inode: 7): 1])
        #expect(sample.count == 5 && sample.isWhole)
    }

    @Test("what a process holds is read from /proc, and nothing if it is gone")
    func holdings() throws {
        #expect(ProcessHoldings(getpid()).descriptors > 2)
        #expect(!ProcessHoldings(getpid()).files.isEmpty)
        let gone = ProcessHoldings(.max)
        #expect(gone.descriptors == 0 && gone.files.isEmpty && gone.networkBytes == 0)
        let gauge = try KernelMemoryGauge()
        let bytes = try #require(gauge.bytes())
        #expect(bytes > 1 << 20)
    }
}
