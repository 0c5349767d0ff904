import CodeBoxCore
import CodeBoxJobs

/// Jobs as the API shows them; every member is always there, null where it means nothing yet.
extension JSONWriter {
    mutating func job(_ job: Job) {
        beginObject()
        summaryMembers(job)
        key("stdout")
        output(job.result?.stdout, Self.stdoutKeys)
        key("stderr")
        output(job.result?.stderr, Self.stderrKeys)
        endObject()
    }

    /// A page of summaries: jobs without their outputs.
    mutating func page(_ page: JobPage) {
        beginObject()
        key("jobs")
        array(page.jobs) { writer, job in writer.summaryMembers(job) }
        key("next_cursor")
        optional(page.next?.description) { $0.string($1) }
        endObject()
    }

    private mutating func summaryMembers(_ job: Job) {
        let result = job.result
        key("id")
        string(job.id.description)
        key("state")
        string(job.state.rawValue)
        key("outcome")
        optional(result?.outcome.rawValue) { $0.string($1) }
        key("exit_code")
        optional(result?.exitCode) { $0.integer($1) }
        key("signal")
        optional(result?.signal) { $0.string(SignalName.of($1)) }
        key("error")
        optional(result?.error) { $0.string($1) }
        key("usage")
        optional(result?.usage) { $0.usage($1) }
        key("limits")
        optional(result?.limits) { $0.limits($1) }
        key("runtime")
        runtime(result?.runtime, asked: job.spec.runtime)
        key("attempt")
        integer(job.attempt)
        key("timings")
        optional(result?.timings) { $0.timings($1) }
        key("labels")
        strings(job.spec.labels)
        key("cancel_requested")
        bool(job.cancelRequested)
        key("created_at")
        string(job.createdAt.rfc3339)
        key("started_at")
        optional(job.startedAt?.rfc3339) { $0.string($1) }
        key("finished_at")
        optional(job.finishedAt?.rfc3339) { $0.string($1) }
    }

    private mutating func usage(_ usage: Usage) {
        beginObject()
        key("wall_us")
        integer(usage.wallUs)
        key("cpu_user_us")
        integer(usage.cpuUserUs)
        key("cpu_system_us")
        integer(usage.cpuSystemUs)
        key("memory_peak_bytes")
        integer(usage.memoryPeakBytes)
        endObject()
    }

    mutating func limits(_ limits: Limits) {
        beginObject()
        key("wall_ms")
        integer(limits.wallMs)
        key("cpu_ms")
        integer(limits.cpuMs)
        key("memory_bytes")
        integer(limits.memoryBytes)
        key("cpus")
        number(limits.cpus)
        key("processes")
        integer(limits.processes)
        key("workspace_bytes")
        integer(limits.workspaceBytes)
        key("open_files")
        integer(limits.openFiles)
        key("output_bytes")
        integer(limits.outputBytes)
        endObject()
    }

    /// Before a job has run, the name it asked for and nothing more.
    private mutating func runtime(_ runtime: RuntimeIdentity?, asked: String) {
        beginObject()
        key("name")
        string(runtime?.name ?? asked)
        key("version")
        optional(runtime?.version) { $0.string($1) }
        key("digest")
        optional(runtime?.digest) { $0.string($1) }
        endObject()
    }

    private mutating func timings(_ timings: Timings) {
        beginObject()
        key("queued_us")
        integer(timings.queuedUs)
        key("acquire_us")
        integer(timings.acquireUs)
        key("startup_us")
        integer(timings.startupUs)
        key("run_us")
        integer(timings.runUs)
        key("finish_us")
        integer(timings.finishUs)
        key("cold")
        bool(timings.isCold)
        key("forked")
        bool(timings.isForked)
        endObject()
    }

    mutating func optional<Value>(_ value: Value?, _ write: (inout JSONWriter, Value) -> Void) {
        if let value { write(&self, value) } else { null() }
    }
}
