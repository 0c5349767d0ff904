import CodeBoxCore
import Testing

@testable import CodeBoxWarden

@Suite("CgroupRemovals")
struct CgroupRemovalsTests {
    private let leaf = FakeLeaf()

    @Test("a busy cgroup is removed as soon as it is not, and killed in if it stays so")
    func removals() {
        let removals = CgroupRemovals()
        leaf.busy = 5
        var isGone = false
        removals.remove(leaf) { isGone = true }
        for _ in 0..<5 {
            #expect(!isGone)
            removals.check(removals.dueNs ?? 0)
        }
        #expect(isGone && leaf.isRemoved && removals.dueNs == nil)
        #expect(leaf.kills > 0)
    }
}
