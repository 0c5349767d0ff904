import CodeBoxCore
import CodeBoxHTTP
import CodeBoxJSON
import CodeBoxJobs

/// Jobs as the API shows them. Every field is always there, but for
/// `denied_syscalls`; one without a value yet is null.
extension JSONWriter {
    mutating func job(_ job: Job) {
        object { $0.jobFields(job) }
    }

    mutating func jobFields(_ job: Job) {
        summaryFields(job)
        field("merge_output", job.spec.mergesOutput)
        output(job.result?.stdout, Self.stdoutKeys)
        output(job.result?.stderr, Self.stderrKeys)
        // The only field that is not always there: answers cost nothing for it where it is off.
        guard let denied = job.result?.deniedSyscalls else { return }
        field("denied_syscalls", objects: denied) { writer, call in
            writer.field("name", call.name)
            writer.field("errno", call.errno)
            writer.field("count", call.count)
        }
    }

    /// Writes a page of summaries, which are jobs without their outputs.
    mutating func pageFields(_ page: JobPage) {
        field("jobs", objects: page.jobs) { $0.summaryFields($1) }
        field("next_cursor", page.next?.description)
    }

    private mutating func summaryFields(_ job: Job) {
        let result = job.result
        field("id", job.id.description)
        field("state", job.state.rawValue)
        field("outcome", result?.outcome.rawValue)
        field("exit_code", result?.exitCode)
        field("signal", result?.signal.map(SignalName.of))
        field("error", result?.error)
        field("usage", object: result?.usage) { $0.usage($1) }
        field("limits", object: result?.limits) { $0.limits($1) }
        // Before a job has run, only the name that it asked for is known.
        let runtime = result?.runtime
        key("runtime")
        beginObject()
        field("name", runtime?.name ?? job.spec.runtime)
        field("version", runtime?.version)
        field("digest", runtime?.digest)
        endObject()
        field("attempt", job.attempt)
        field("timings", object: result?.timings) { $0.timings($1) }
        field("labels", job.spec.labels)
        field("cancel_requested", job.cancelRequested)
        field("created_at", job.createdAt.rfc3339)
        field("started_at", job.startedAt?.rfc3339)
        field("finished_at", job.finishedAt?.rfc3339)
    }

    private mutating func usage(_ usage: Usage) {
        field("wall_us", usage.wallUs)
        field("cpu_user_us", usage.cpuUserUs)
        field("cpu_system_us", usage.cpuSystemUs)
        field("memory_peak_bytes", usage.memoryPeakBytes)
    }

    mutating func limits(_ limits: Limits) {
        for limit in LimitField.allCases {
            key(text: limit.rawValue)
            if limit.row.isWhole {
                integer(Int(limits[limit]))
            } else {
                number(limits[limit])
            }
        }
    }

    private mutating func timings(_ timings: Timings) {
        field("queued_us", timings.queuedUs)
        field("acquire_us", timings.acquireUs)
        field("startup_us", timings.startupUs)
        field("run_us", timings.runUs)
        field("finish_us", timings.finishUs)
        field("cold", timings.isCold)
        field("forked", timings.isForked)
    }
}
