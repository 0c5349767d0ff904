/// Waits for what another task or the event loop brings about.
enum Eventually {
    /// Whether `condition` holds within ten seconds.
    static func holds(_ condition: () -> Bool) async -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(10)
        while clock.now < end {
            if condition() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return condition()
    }
}
