/// For what the kernel tells nobody about (a cgroup's removal, a stranger's exit): asks again every
/// 10 ms until the answer is nil, and returns the last answer that was not when time is up.
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
