package import CodeBoxCore

/// One page of a listing, newest first.
package struct JobPage: Sendable, Hashable {
    package var jobs: [Job]
    /// Give this as ``JobQuery/before`` for the next page; nil on the last.
    package var next: JobID?

    package init(jobs: [Job], next: JobID?) {
        self.jobs = jobs
        self.next = next
    }
}
