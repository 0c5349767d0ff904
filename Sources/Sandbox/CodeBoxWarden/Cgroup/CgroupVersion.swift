/// Which of the kernel's two cgroup interfaces is in force for memory, cpu and pids.
package enum CgroupVersion: Int, Sendable {
    case v1 = 1
    case v2 = 2
}
