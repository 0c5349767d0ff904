/// A cgroup that was busy when it was to be removed, and what follows its removal.
struct PendingRemoval {
    let leaf: any CgroupLeaf
    let then: () -> Void
}
