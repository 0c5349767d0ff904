/// What a client asks to be run. Checked by ``JobSpec/validate()`` before anything else sees it.
package struct JobSpec: Codable, Hashable, Sendable {
    /// A runtime's name or alias, with or without a version: `python`, `python:3.13`, `node`.
    package var runtime: String
    /// The program's text, saved under the runtime's own entry file name; instead of, or beside,
    /// ``files``.
    package var source: String?
    package var files: [JobFile]
    /// The file to run, one of ``files``; the runtime's entry file name when nil.
    package var entrypoint: String?
    package var args: [String]
    package var env: [String: String]
    package var stdin: [UInt8]
    package var limits: LimitsRequest
    package var labels: [String: String]
    /// True: never run a second time; if CodeBox is interrupted while it runs, it ends as `lost`.
    package var atMostOnce: Bool
    /// True: never continued in an interpreter forked from a zygote, with which it would share an
    /// address layout with other jobs; it gets one that is started for it.
    package var ownInterpreter: Bool

    package init(
        runtime: String, source: String? = nil, files: [JobFile] = [], entrypoint: String? = nil,
        args: [String] = [], env: [String: String] = [:], stdin: [UInt8] = [],
        limits: LimitsRequest = LimitsRequest(), labels: [String: String] = [:],
        atMostOnce: Bool = false, ownInterpreter: Bool = false
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
        self.ownInterpreter = ownInterpreter
    }
}
