package import CodeBoxCore

/// One page of a listing, newest first.
package struct JobPage: Sendable, Hashable {
    package var jobs: [Job]
    /// The ``JobQuery/before`` that asks for the next page; nil on the last page.
    package var next: JobID?

    package init(jobs: [Job], next: JobID?) {
        self.jobs = jobs
        self.next = next
    }
}
