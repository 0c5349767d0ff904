import CodeBoxCore
import CodeBoxJobs

extension JobStoreConformance {
    static let insertion: [JobStoreCheck] = [
        JobStoreCheck("a job comes back as it was inserted, byte for byte") { store in
            let job = SampleJobs.fullJob()
            try await store.insert([job], maximumQueued: 1)
            try requireEqual(try await store.present(job.id), job, "nothing is changed")
        },
        JobStoreCheck("an unknown id is no job") { store in
            let job = try await store.job(JobID())
            try require(job == nil, "nothing is found")
        },
        JobStoreCheck("a full queue takes nothing, not even a part") { store in
            let jobs = SampleJobs.jobs(4)
            try await store.insert(Array(jobs[0..<2]), maximumQueued: 3)
            try await requireError(.queueFull, "four are one too many") {
                try await store.insert(Array(jobs[2..<4]), maximumQueued: 3)
            }
            try requireEqual(try await store.counts()[.queued], 2, "none of the two was taken")
            try await store.insert([jobs[3]], maximumQueued: 3)
        },
        JobStoreCheck("only queued jobs fill the queue") { store in
            _ = try await store.start(SampleJobs.job(0))
            try await store.insert([SampleJobs.job(1)], maximumQueued: 1)
            _ = try await store.cancel(try await store.list(JobQuery(state: .queued)).jobs[0].id)
            try await store.insert([SampleJobs.job(2)], maximumQueued: 1)
        },
        JobStoreCheck("an id is inserted once, and the jobs beside it not at all") { store in
            let job = SampleJobs.job()
            let other = SampleJobs.job(1)
            try await store.insert([job], maximumQueued: 10)
            try await requireError(.storeFailed, "the id is there") {
                try await store.insert([other, job], maximumQueued: 10)
            }
            try await requireError(.storeFailed, "the id is given twice") {
                try await store.insert([other, other], maximumQueued: 10)
            }
            try requireEqual(try await store.counts()[.queued], 1, "nothing was added")
        },
        JobStoreCheck("what a canceled task has begun to insert is inserted") { store in
            let job = SampleJobs.job()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    withUnsafeCurrentTask { $0?.cancel() }
                    try await store.insert([job], maximumQueued: 1)
                    try requireEqual(try await store.present(job.id), job, "it can be read, too")
                }
                try await group.waitForAll()
            }
            try requireEqual(try await store.present(job.id), job, "it is there")
        },
        JobStoreCheck("many inserts at once all arrive, and the queue is never overfilled") {
            store in
            let jobs = SampleJobs.jobs(60)
            let refusals = try await withThrowingTaskGroup(of: Int.self) { group in
                for job in jobs {
                    group.addTask {
                        do {
                            try await store.insert([job], maximumQueued: 40)
                            return 0
                        } catch let error as CodeBoxError where error.code == .queueFull {
                            return 1
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            try requireEqual(refusals, 20, "each caller has an answer of its own")
            try requireEqual(try await store.counts()[.queued], 40, "what was accepted is there")
        },
    ]
}
