import CodeBoxSupervisor
import Testing

struct RestartPolicyTests {
    @Test("the first restart is at once, later ones after pauses that double up to five seconds")
    func pauses() {
        var policy = RestartPolicy()
        let pauses = (0..<10).map { _ in policy.childDied(livedMs: 10) }
        #expect(pauses == [0, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000])
    }

    @Test("a child that lived for half a minute is started again at once")
    func healthyChild() {
        var policy = RestartPolicy()
        for _ in 0..<5 { _ = policy.childDied(livedMs: 10) }
        #expect(policy.childDied(livedMs: 30_000) == 0)
        #expect(policy.childDied(livedMs: 10) == 100)
    }
}
