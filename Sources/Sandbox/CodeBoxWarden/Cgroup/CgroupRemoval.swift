/// What came of removing a cgroup.
package enum CgroupRemoval: Sendable {
    case removed
    /// A process in it is still on its way out; try again in a few milliseconds.
    case busy
}
