/// Polls for events that the kernel does not report (a cgroup's removal, the exit of another's
/// child). Asks every 10 ms until the answer is nil; returns the last other answer when the time is
/// up.
func remaining<Answer>(
    after limit: Duration, _ ask: () async throws -> Answer?
) async rethrows -> Answer? {
    let end = ContinuousClock.now + limit
    while true {
        guard let answer = try await ask() else { return nil }
        guard ContinuousClock.now < end, !Task.isCancelled else { return answer }
        try? await Task.sleep(for: .milliseconds(10))
    }
}
