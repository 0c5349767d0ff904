import CodeBoxCore
import CodeBoxJSON

extension ForeignFields {
    /// The fields of a job.
    static let ofJob = ForeignFields(jobRows)

    static let jobRows = program + limits + limitNames + absent

    /// The fields of `limits`.
    static let ofLimits = ForeignFields(limits, within: "limits.")

    /// The fields of one of `files`.
    static let ofFile = ForeignFields(
        [Row("path", nil, ["name", "filename", "file", "file_path"])] + content)

    /// The fields of `stdin` as an object.
    static let ofContent = ForeignFields(content)

    /// The fields of a batch.
    static let ofBatch = ForeignFields(
        [Row("jobs", nil, ["submissions", "runs", "requests", "programs", "tasks", "batch"])]
            + JobDecoder.Field.allCases.map { field in
                Row(nil, "put it into `defaults`, or into each of `jobs`", [field.rawValue])
            })

    // MARK: Parts

    private static let content = [
        Row("content", nil, ["data", "body", "text", "contents", "source"]),
        Row("encoding", "`utf-8` or `base64`", ["base64", "is_base64", "type"]),
    ]

    private static let program = [
        Row(
            "runtime", "with a runtime's name or alias",
            ["language", "lang", "language_id", "kernel", "interpreter", "language_name"]),
        Row("runtime", "with the version after a colon: `python:3.13`", ["version"]),
        Row(
            "source", nil,
            ["code", "source_code", "content", "script", "program", "cmd", "command", "cells"]),
        Row(
            "files", "a list of `path` and `content` each", ["copy_in", "additional_files"]),
        Row("entrypoint", nil, ["main", "main_file", "entry", "filename"]),
        Row("args", "a list of strings", ["arguments", "argv", "command_line_arguments"]),
        Row(
            "env", "an object with names and values",
            ["env_vars", "environment", "environment_variables"]),
        Row("stdin", nil, ["input", "standard_input", "stdin_data"]),
        Row(
            "merge_output", nil, ["redirect_stderr_to_stdout", "merge_stderr", "stderr_to_stdout"]),
        Row("labels", "an object with names and texts", ["metadata", "tags", "request_id"]),
    ]

    private static let limits = [
        Row(
            "limits.wall_ms", "in milliseconds",
            [
                "timeout", "timeout_ms", "timeout_seconds", "time_limit", "time_limit_ms",
                "run_timeout", "wall_time", "wall_time_limit", "wall", "clock_limit",
                "cell_timeout", "total_timeout", "max_time",
            ]),
        Row(
            "limits.cpu_ms", "in milliseconds",
            ["cpu_time_limit", "run_cpu_time", "cpu_limit", "cpu_time", "cpu_extra_time"]),
        Row(
            "limits.memory_bytes", "in bytes",
            [
                "memory_limit", "memory_limit_mb", "memory_mb", "run_memory_limit", "memory",
                "max_memory",
            ]),
        Row("limits.cpus", nil, ["cpu", "cpu_count", "cores", "cpu_set_limit"]),
        Row(
            "limits.processes", nil,
            ["max_processes_and_or_threads", "proc_limit", "max_processes", "pids", "pids_limit"]),
        Row("limits.open_files", nil, ["open_file_limit", "max_open_files", "nofile"]),
        Row(
            "limits.workspace_bytes", "in bytes for all files together",
            ["max_file_size", "disk_limit", "disk"]),
        Row("limits.output_bytes", "in bytes", ["max_output", "output_limit", "copy_out_max"]),
        Row("limits.stack_bytes", "in bytes", ["stack_limit", "max_stack_limit"]),
    ]

    /// The limits' own names, given outside of `limits`.
    private static let limitNames = LimitField.allCases.map { field in
        Row(nil, "put it into `limits`", [field.rawValue])
    }

    /// What CodeBox does not have.
    private static let absent = [
        Row(
            nil, "programs are not compiled in a step of their own; leave it out",
            ["compile_timeout", "compile_cpu_time", "compile_memory_limit", "compiler_options"]),
        Row(
            nil, "a program has no network; leave it out",
            ["enable_network", "network", "allow_network", "internet"]),
        Row(
            nil, "compare `stdout` of the response yourself; leave it out",
            ["expected_output", "expected_stdout"]),
        Row(
            nil, "ask for the job with GET /v1/jobs/{id}?wait=SECONDS; leave it out",
            ["callback_url", "webhook", "wait"]),
        Row(
            nil, "a response holds what the program writes to stdout and stderr; leave it out",
            ["fetch_files", "copy_out", "copy_out_cached"]),
        Row(
            nil, "send the job several times, for example with POST /v1/batch",
            ["number_of_runs"]),
        Row(
            nil, "limits are those of all processes together; leave it out",
            [
                "enable_per_process_and_thread_time_limit",
                "enable_per_process_and_thread_memory_limit",
            ]),
        Row(
            nil, "every program gets a sandbox of its own; leave it out",
            ["context_id", "template_id", "session_id", "sandbox_id", "preload"]),
        Row(
            nil, "send several jobs to POST /v1/batch",
            ["jobs", "submissions", "requests"]),
        Row(
            nil, "`stdin` and each of `files` have an `encoding` of their own",
            ["base64_encoded", "encoding"]),
    ]
}

extension JobDecoder.Field: FieldName {
    static func remedy(forUnknown name: String) -> String? { ForeignFields.ofJob.remedy(for: name) }
}

extension JobDecoder.FileField: FieldName {
    static func remedy(forUnknown name: String) -> String? {
        ForeignFields.ofFile.remedy(for: name)
    }
}

extension JobDecoder.ContentField: FieldName {
    static func remedy(forUnknown name: String) -> String? {
        ForeignFields.ofContent.remedy(for: name)
    }
}

extension LimitField: FieldName {
    package static func remedy(forUnknown name: String) -> String? {
        ForeignFields.ofLimits.remedy(for: name)
    }
}

extension BatchDecoder.Field: FieldName {
    static func remedy(forUnknown name: String) -> String? {
        ForeignFields.ofBatch.remedy(for: name)
    }
}
