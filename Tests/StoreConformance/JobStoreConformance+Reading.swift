import CodeBoxCore
import CodeBoxJobs

extension JobStoreConformance {
    static let listing: [JobStoreCheck] = [
        JobStoreCheck("jobs are listed newest first, page by page, each once") { store in
            let jobs = SampleJobs.jobs(7)
            try await store.insert(jobs, maximumQueued: 10)
            var listed: [Job] = []
            var sizes: [Int] = []
            var query = JobQuery(limit: 3)
            repeat {
                let page = try await store.list(query)
                listed += page.jobs
                sizes.append(page.jobs.count)
                query.before = page.next
            } while query.before != nil && sizes.count < 10
            try requireEqual(listed, jobs.reversed(), "all of them, whole")
            try requireEqual(sizes, [3, 3, 1], "pages are as long as asked for")
        },
        JobStoreCheck("a page that takes in the last job is the last page") { store in
            try await store.insert(SampleJobs.jobs(3), maximumQueued: 3)
            let page = try await store.list(JobQuery(limit: 3))
            try requireEqual(page.jobs.count, 3, "all are on it")
            try require(page.next == nil, "there is no other")
            let none = try await store.list(JobQuery(before: page.jobs[2].id))
            try requireEqual(none, JobPage(jobs: [], next: nil), "there is none older")
        },
        JobStoreCheck("a page's cursor holds though its job is gone") { store in
            let jobs = SampleJobs.jobs(3)
            for job in jobs { try await store.complete(job, at: job.createdAt) }
            let page = try await store.list(JobQuery(limit: 2))
            try requireEqual(page.next, jobs[1].id, "the last one shown")
            _ = try await store.prune(finishedBefore: jobs[2].createdAt, limit: 10)
            let rest = try await store.list(JobQuery(before: page.next))
            try requireEqual(rest, JobPage(jobs: [], next: nil), "nothing older is left")
        },
        JobStoreCheck("filters by state, runtime and labels must all match") { store in
            let blue = SampleJobs.job(0, runtime: "python", labels: ["team": "blue", "n": "1"])
            let red = SampleJobs.job(1, runtime: "python:3.13", labels: ["team": "red", "n": "1"])
            let node = SampleJobs.job(2, runtime: "node", labels: ["team": "blue"])
            try await store.insert([blue, red, node], maximumQueued: 3)
            _ = try await store.cancel(node.id)
            func found(_ query: JobQuery) async throws -> [JobID] {
                try await store.list(query).jobs.map(\.id)
            }
            try requireEqual(try await found(JobQuery(state: .queued)), [red.id, blue.id], "state")
            try requireEqual(try await found(JobQuery(state: .running)), [], "no such state")
            try requireEqual(
                try await found(JobQuery(runtime: "python")), [red.id, blue.id], "any version")
            try requireEqual(
                try await found(JobQuery(runtime: "python:3.13")), [red.id], "this version")
            try requireEqual(try await found(JobQuery(runtime: "pyth")), [], "no part of a name")
            try requireEqual(
                try await found(JobQuery(labels: ["team": "blue"])), [node.id, blue.id], "label")
            try requireEqual(
                try await found(JobQuery(labels: ["team": "blue", "n": "1"])), [blue.id], "labels")
            try requireEqual(try await found(JobQuery(labels: ["team": "b"])), [], "no part")
            try requireEqual(try await found(JobQuery(labels: ["n": ""])), [], "another value")
            try requireEqual(
                try await found(JobQuery(state: .queued, runtime: "python", labels: ["n": "1"])),
                [red.id, blue.id], "all three")
            try requireEqual(
                try await found(JobQuery(state: .finished, runtime: "node", labels: ["n": "1"])),
                [],
                "one of three does not")
        },
        JobStoreCheck("a page of a filtered listing goes on where it ended") { store in
            let jobs = (0..<9).map { SampleJobs.job($0, labels: ["odd": "\($0 % 2)"]) }
            try await store.insert(jobs, maximumQueued: 10)
            let page = try await store.list(JobQuery(labels: ["odd": "0"], limit: 2))
            try requireEqual(page.jobs, [jobs[8], jobs[6]], "the newest two")
            let next = try await store.list(
                JobQuery(labels: ["odd": "0"], before: page.next, limit: 10))
            try requireEqual(
                next, JobPage(jobs: [jobs[4], jobs[2], jobs[0]], next: nil), "the rest")
        },
    ]

    static let housekeeping: [JobStoreCheck] = [
        JobStoreCheck("every state is counted, also where there is none") { store in
            try requireEqual(
                try await store.counts(), [.queued: 0, .running: 0, .finished: 0], "when empty")
            try await store.complete(SampleJobs.job(0), at: .now)
            _ = try await store.start(SampleJobs.job(1), until: Instant.past)
            try await store.insert([SampleJobs.job(2), SampleJobs.job(3)], maximumQueued: 5)
            try requireEqual(
                try await store.counts(), [.queued: 2, .running: 1, .finished: 1], "after moves")
            _ = try await store.cancel(try await store.list(JobQuery(state: .queued)).jobs[0].id)
            _ = try await store.reap(now: .now, worker: nil, maximumAttempts: 2)
            try requireEqual(
                try await store.counts(), [.queued: 2, .running: 0, .finished: 2], "and more moves")
            _ = try await store.prune(finishedBefore: Instant.future, limit: 10)
            try requireEqual(
                try await store.counts(), [.queued: 2, .running: 0, .finished: 0], "and deletions")
        },
        JobStoreCheck("finished jobs are deleted once they are old, the oldest first") { store in
            let jobs = SampleJobs.jobs(4)
            let ends = [30.0, 10, 20, 40].map { Instant.origin.advanced(bySeconds: $0) }
            for (job, end) in zip(jobs, ends) { try await store.complete(job, at: end) }
            let limit = Instant.origin.advanced(bySeconds: 40)
            let first = try await store.prune(finishedBefore: limit, limit: 2)
            try requireEqual(first, 2, "no more than asked for")
            let left = try await store.list(JobQuery()).jobs.map(\.id)
            try requireEqual(left, [jobs[3].id, jobs[0].id], "those that ended first are gone")
            let second = try await store.prune(finishedBefore: limit, limit: 2)
            try requireEqual(second, 1, "the one that ended at the instant stays")
            let found = try await store.job(jobs[0].id)
            try require(found == nil, "what is deleted can't be found")
        },
        JobStoreCheck("what has not finished is never deleted, and labels go with their job") {
            store in
            let labels = ["team": "blue"]
            try await store.complete(SampleJobs.job(0, labels: labels), at: Instant.origin)
            let running = try await store.start(SampleJobs.job(1, labels: labels))
            let queued = SampleJobs.job(2, labels: labels)
            try await store.insert([queued], maximumQueued: 1)
            let count = try await store.prune(finishedBefore: Instant.future, limit: 10)
            try requireEqual(count, 1, "only the finished one")
            let left = try await store.list(JobQuery(labels: labels)).jobs.map(\.id)
            try requireEqual(left, [queued.id, running.id], "the others are there")
        },
    ]
}
