import CodeBoxCore
import NIOCore

/// Reads a job out of a request's body, in one pass and without a tree in between.
///
/// What is not JSON is refused as `malformed_json` with its position. Everything else that is wrong
/// is collected by field, so that one answer tells all: unknown, repeated and missing fields, wrong
/// types, bad encodings. What the values mean (paths, sizes, limits) is checked behind the service.
struct JobRequestDecoder {
    enum Field: String, CaseIterable {
        case runtime, source, files, entrypoint, args, env, stdin, limits, labels
        case atMostOnce = "at_most_once"
        case zygote
    }

    enum FileField: String, CaseIterable {
        case path, content, encoding
    }

    enum ContentField: String, CaseIterable {
        case content, encoding
    }

    /// Faults beyond which none is noted.
    static let maximumFaults = 16

    var reader: JSONReader
    var faults: [FieldFault] = []

    static func decode(_ body: ByteBuffer) throws(Problem) -> JobSpec {
        let result: Result<JobSpec, Problem> = body.withUnsafeReadableBytes { bytes in
            var decoder = JobRequestDecoder(reader: JSONReader(bytes))
            do throws(JSONSyntaxError) {
                let draft = try decoder.draft()
                try decoder.reader.end()
                if let draft, !draft.fields.contains(.runtime) {
                    decoder.fault("runtime", "is required")
                }
                guard let draft, decoder.faults.isEmpty else {
                    return .failure(Problem(decoder.faults))
                }
                return .success(draft.spec)
            } catch {
                // Depth only shows where something unwanted is stepped over: name that instead.
                let namesField = error.reason == .tooDeep && !decoder.faults.isEmpty
                return .failure(namesField ? Problem(decoder.faults) : Problem(error, in: bytes))
            }
        }
        return try result.get()
    }

    /// A job that may lack members, `runtime` among them; nil, with a fault, if it is no object.
    mutating func draft() throws(JSONSyntaxError) -> JobDraft? {
        var spec = JobSpec(runtime: "")
        let seen = try object(Field.self, at: "") {
            (decoder: inout Self, field: Field) throws(JSONSyntaxError) in
            switch field {
            case .runtime: spec.runtime = try decoder.string(at: "runtime") ?? ""
            case .source: spec.source = try decoder.string(at: "source")
            case .files: spec.files = try decoder.files()
            case .entrypoint: spec.entrypoint = try decoder.string(at: "entrypoint")
            case .args: spec.args = try decoder.strings(at: "args")
            case .env: spec.env = try decoder.map(at: "env")
            case .stdin: spec.stdin = try decoder.stdin()
            case .limits: spec.limits = try decoder.limits()
            case .labels: spec.labels = try decoder.map(at: "labels")
            case .atMostOnce:
                spec.atMostOnce = try decoder.boolean(at: "at_most_once") ?? false
            case .zygote: spec.mayFork = try decoder.mayFork()
            }
        }
        return seen.map { JobDraft(spec: spec, fields: $0) }
    }

    // MARK: Parts of a job

    private mutating func mayFork() throws(JSONSyntaxError) -> Bool {
        switch try string(at: "zygote") {
        case "off": return false
        case "on", nil: break
        default: fault("zygote", "must be 'on' or 'off'")
        }
        return true
    }

    private mutating func files() throws(JSONSyntaxError) -> [JobFile] {
        var files: [JobFile] = []
        try array(at: "files") { (decoder: inout Self, index: Int) throws(JSONSyntaxError) in
            if let file = try decoder.file(at: "files[\(index)]") { files.append(file) }
        }
        return files
    }

    private mutating func file(at place: String) throws(JSONSyntaxError) -> JobFile? {
        var path: String?
        var content: [UInt8]?
        var encoding = ContentEncoding.utf8
        let seen = try object(FileField.self, at: place) {
            (decoder: inout Self, field: FileField) throws(JSONSyntaxError) in
            switch field {
            case .path: path = try decoder.string(at: "\(place).path")
            case .content: content = try decoder.utf8(at: "\(place).content")
            case .encoding: encoding = try decoder.encoding(at: "\(place).encoding")
            }
        }
        guard let seen else { return nil }
        require([.path, .content], of: seen, at: place)
        guard let path, let content, let bytes = decoded(content, encoding, at: "\(place).content")
        else { return nil }
        return JobFile(path: path, content: bytes)
    }

    /// Either the text itself or an object that says how it is encoded.
    private mutating func stdin() throws(JSONSyntaxError) -> [UInt8] {
        switch try reader.kind() {
        case .string: return try reader.utf8()
        case .object: break
        case let kind:
            try refuse("stdin", "must be a string or an object, not \(kind.description)")
            return []
        }
        var content: [UInt8]?
        var encoding = ContentEncoding.utf8
        let seen = try object(ContentField.self, at: "stdin") {
            (decoder: inout Self, field: ContentField) throws(JSONSyntaxError) in
            switch field {
            case .content: content = try decoder.utf8(at: "stdin.content")
            case .encoding: encoding = try decoder.encoding(at: "stdin.encoding")
            }
        }
        if let seen { require([.content], of: seen, at: "stdin") }
        return content.flatMap { decoded($0, encoding, at: "stdin.content") } ?? []
    }

    private mutating func limits() throws(JSONSyntaxError) -> LimitsRequest {
        var limits = LimitsRequest()
        try object(LimitsRequest.CodingKeys.self, at: "limits") {
            (decoder: inout Self, field: LimitsRequest.CodingKeys) throws(JSONSyntaxError) in
            let place = "limits.\(field.rawValue)"
            switch field {
            case .wallMs: limits.wallMs = try decoder.integer(at: place)
            case .cpuMs: limits.cpuMs = try decoder.integer(at: place)
            case .memoryBytes: limits.memoryBytes = try decoder.integer(at: place)
            case .cpus: limits.cpus = try decoder.number(at: place)
            case .processes: limits.processes = try decoder.integer(at: place)
            case .workspaceBytes: limits.workspaceBytes = try decoder.integer(at: place)
            case .openFiles: limits.openFiles = try decoder.integer(at: place)
            case .outputBytes: limits.outputBytes = try decoder.integer(at: place)
            }
        }
        return limits
    }
}
