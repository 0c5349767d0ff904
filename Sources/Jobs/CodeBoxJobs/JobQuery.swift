package import CodeBoxCore

/// Selects jobs to list; every filter that is set must match.
package struct JobQuery: Sendable, Hashable {
    package var state: JobState?
    /// A runtime as jobs name it. Without a version it matches every version: `python` finds
    /// `python` and `python:3.13`; `python:3.13` finds only itself.
    package var runtime: String?
    /// Each named label must have exactly this value.
    package var labels: [String: String]
    /// Lists only jobs older than this one (a page's ``JobPage/next``).
    package var before: JobID?
    /// The number of jobs on a page, at least 1.
    package var limit: Int

    package init(
        state: JobState? = nil, runtime: String? = nil, labels: [String: String] = [:],
        before: JobID? = nil, limit: Int = 50
    ) {
        self.state = state
        self.runtime = runtime
        self.labels = labels
        self.before = before
        self.limit = limit
    }

    /// Whether the filters match a job; ``before`` and ``limit`` are not regarded.
    package func matches(_ job: Job) -> Bool {
        if let state, job.state != state { return false }
        if let runtime {
            let named = runtime.contains(":") ? job.spec.runtime : job.spec.runtimeName
            if named != runtime { return false }
        }
        return labels.allSatisfy { job.spec.labels[$0.key] == $0.value }
    }
}

extension JobSpec {
    /// The name in ``runtime``, without a version.
    package var runtimeName: String {
        String(runtime.prefix { $0 != ":" })
    }
}
