import CodeBoxCore
import CodeBoxJobs
import StoreConformance
import Testing

@Suite("Moves that stores make by themselves")
struct JobMovesTests {
    private func job(
        _ state: JobState, attempt: Int = 1, canceled: Bool = false, once: Bool = false
    )
        -> Job
    {
        Job(
            id: JobID(), spec: JobSpec(runtime: "python", source: "1", atMostOnce: once),
            state: state, attempt: attempt, cancelRequested: canceled)
    }

    @Test("every one of them is a legal move", arguments: [1, 2], [true, false])
    func legal(attempt: Int, flag: Bool) throws {
        let queued = job(.queued, attempt: attempt - 1, once: flag)
        #expect(queued.state.canMove(to: try queued.canceled(at: .now).state))
        let running = job(.running, attempt: attempt, canceled: flag)
        let back = running.takenBack(at: .now, maximumAttempts: 2, reason: "")
        #expect(running.state.canMove(to: back.state))
        #expect((back.result == nil) == (back.state != .finished))
        #expect((back.finishedAt == nil) == (back.state != .finished))
    }

    @Test("a lost job says why, and why it is not run again")
    func lostSaysWhy() {
        let last = job(.running, attempt: 2).takenBack(
            at: .now, maximumAttempts: 2, reason: "A died")
        #expect(last.result?.error == "A died; attempt 2 was the last of 2")
        let once = job(.running, once: true).takenBack(
            at: .now, maximumAttempts: 2, reason: "A died")
        #expect(once.result?.error == "A died; it was submitted to run at most once")
    }

    @Test("a filter by runtime knows names from versions")
    func runtimeFilter() {
        var job = job(.queued)
        job.spec.runtime = "python:3.13"
        #expect(JobQuery(runtime: "python").matches(job))
        #expect(JobQuery(runtime: "python:3.13").matches(job))
        #expect(!JobQuery(runtime: "python:3").matches(job))
        job.spec.runtime = "python"
        #expect(!JobQuery(runtime: "python:3.13").matches(job))
    }
}
