import CodeBoxJobs
import StoreConformance
import Testing

@Suite("LocalJobEvents", .timeLimit(.minutes(1)))
struct LocalJobEventsTests {
    @Test("it keeps every promise of job events", arguments: JobEventsConformance.checks)
    func conforms(_ check: JobEventsCheck) async throws {
        let events = LocalJobEvents()
        try await check.run(on: JobEventsCheck.Ends(near: events, far: events))
    }
}
