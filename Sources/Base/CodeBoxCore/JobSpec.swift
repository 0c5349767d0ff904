/// What a client asks CodeBox to run. ``JobSpec/validate()`` checks it before anything else sees
/// it.
package struct JobSpec: Codable, Hashable, Sendable {
    /// A runtime's name or alias, with or without a version: `python`, `python:3.13`, `node`.
    package var runtime: String
    /// The program's text, saved under the runtime's own entry file name. It may be given instead
    /// of ``files`` or beside them.
    package var source: String?
    package var files: [JobFile]
    /// The file to run, one of ``files``; the runtime's entry file name when nil.
    package var entrypoint: String?
    package var args: [String]
    package var env: [String: String]
    package var stdin: [UInt8]
    package var limits: LimitsRequest
    package var labels: [String: String]
    /// True: the job never runs a second time. If CodeBox is interrupted while it runs, it ends as
    /// `lost`.
    package var atMostOnce: Bool
    /// False: the job gets an interpreter that is started for it, never one forked from a zygote,
    /// whose address layout it would share with other jobs.
    package var mayFork: Bool
    /// True: stdout and stderr are one pipe in the program, so that its output is in the order in
    /// which it was written. The result's `stdout` has all of it.
    package var mergesOutput: Bool

    package init(
        runtime: String, source: String? = nil, files: [JobFile] = [], entrypoint: String? = nil,
        args: [String] = [], env: [String: String] = [:], stdin: [UInt8] = [],
        limits: LimitsRequest = LimitsRequest(), labels: [String: String] = [:],
        atMostOnce: Bool = false, mayFork: Bool = true, mergesOutput: Bool = false
    ) {
        self.runtime = runtime
        self.source = source
        self.files = files
        self.entrypoint = entrypoint
        self.args = args
        self.env = env
        self.stdin = stdin
        self.limits = limits
        self.labels = labels
        self.atMostOnce = atMostOnce
        self.mayFork = mayFork
        self.mergesOutput = mergesOutput
    }
}
