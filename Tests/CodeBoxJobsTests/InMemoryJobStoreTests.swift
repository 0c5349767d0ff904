import CodeBoxJobs
import StoreConformance
import Testing

@Suite("InMemoryJobStore")
struct InMemoryJobStoreTests {
    @Test("it keeps every promise of a job store", arguments: JobStoreConformance.checks)
    func conforms(_ check: JobStoreCheck) async throws {
        try await check.run(on: InMemoryJobStore())
    }
}
