import CodeBoxCore
import CodeBoxHTTP
import CodeBoxJSON
import NIOCore

/// Decodes a job from a request's body.
///
/// It checks the body's form, and ends at the first of ``JobSpec/Bounds`` that the body exceeds.
/// What the values mean (paths, sizes, limits) is checked behind the service.
enum JobDecoder {
    enum Field: String, CaseIterable {
        case runtime, source, files, entrypoint, args, env, stdin, limits, labels
        case atMostOnce = "at_most_once"
        case zygote
        case mergeOutput = "merge_output"
    }

    enum FileField: String, CaseIterable {
        case path, content, encoding
    }

    enum ContentField: String, CaseIterable {
        case content, encoding
    }

    private typealias Bounds = JobSpec.Bounds
    private static let maximumFiles = ListBound(Bounds.files, "files")
    private static let maximumArgs = ListBound(
        Bounds.args, "arguments", bytes: Bounds.argsAndEnvBytes)
    private static let maximumEnv = ListBound(
        Bounds.env, "variables", bytes: Bounds.argsAndEnvBytes)
    private static let maximumLabels = ListBound(
        Bounds.labels, "labels", bytes: 2 * Bounds.labels * Bounds.labelBytes)

    private enum Zygote: String, CaseIterable {
        case on, off
    }

    static func decode(_ body: ByteBuffer) throws(Problem) -> JobSpec {
        try body.decode { decoder throws(JSONSyntaxError) -> JobSpec? in
            guard let draft = try draft(&decoder) else { return nil }
            decoder.require([.runtime], of: draft.fields)
            return draft.spec
        }
    }

    /// Decodes a job that may lack fields, `runtime` among them. Returns nil, with a fault, if the
    /// value is not an object.
    static func draft(_ decoder: inout FieldDecoder) throws(JSONSyntaxError) -> JobDraft? {
        var spec = JobSpec(runtime: "")
        let seen = try decoder.object(Field.self) {
            (decoder: inout FieldDecoder, field: Field) throws(JSONSyntaxError) in
            switch field {
            case .runtime:
                spec.runtime = try decoder.string(atMost: Bounds.runtimeBytes) ?? ""
            case .source: spec.source = try decoder.string()
            case .files: spec.files = try files(&decoder)
            case .entrypoint:
                spec.entrypoint = try decoder.string(atMost: Bounds.pathBytes)
            case .args: spec.args = try decoder.strings(maximumArgs)
            case .env: spec.env = try decoder.map(maximumEnv)
            case .stdin: spec.stdin = try stdin(&decoder)
            case .limits: spec.limits = try limits(&decoder)
            case .labels: spec.labels = try decoder.map(maximumLabels)
            case .atMostOnce: spec.atMostOnce = try decoder.boolean() ?? false
            case .zygote: spec.mayFork = try decoder.choice(Zygote.self) == .on
            case .mergeOutput: spec.mergesOutput = try decoder.boolean() ?? false
            }
        }
        return seen.map { JobDraft(spec: spec, fields: $0) }
    }

    // MARK: Parts of a job

    private static func files(_ decoder: inout FieldDecoder) throws(JSONSyntaxError) -> [JobFile] {
        var files: [JobFile] = []
        try decoder.array(maximumFiles) {
            (decoder: inout FieldDecoder, _) throws(JSONSyntaxError) in
            if let file = try file(&decoder) { files.append(file) }
        }
        return files
    }

    private static func file(_ decoder: inout FieldDecoder) throws(JSONSyntaxError) -> JobFile? {
        var path: String?
        var content: [UInt8]?
        var encoding = ContentEncoding.utf8
        let seen = try decoder.object(FileField.self) {
            (decoder: inout FieldDecoder, field: FileField) throws(JSONSyntaxError) in
            switch field {
            case .path: path = try decoder.string(atMost: Bounds.pathBytes)
            case .content: content = try decoder.utf8()
            case .encoding: encoding = try decoder.choice(ContentEncoding.self) ?? .utf8
            }
        }
        guard let seen else { return nil }
        decoder.require([.path, .content], of: seen)
        guard let path, let content, let bytes = decoded(content, encoding, &decoder)
        else { return nil }
        return JobFile(path: path, content: bytes)
    }

    /// Decodes standard input: either the text, or an object that also names its encoding.
    private static func stdin(_ decoder: inout FieldDecoder) throws(JSONSyntaxError) -> [UInt8] {
        switch try decoder.reader.kind() {
        case .string: return try decoder.reader.utf8()
        case .object: break
        case let kind:
            try decoder.refuseKind(kind, expected: "a string or an object")
            return []
        }
        var content: [UInt8]?
        var encoding = ContentEncoding.utf8
        let seen = try decoder.object(ContentField.self) {
            (decoder: inout FieldDecoder, field: ContentField) throws(JSONSyntaxError) in
            switch field {
            case .content: content = try decoder.utf8()
            case .encoding: encoding = try decoder.choice(ContentEncoding.self) ?? .utf8
            }
        }
        if let seen { decoder.require([.content], of: seen) }
        return content.flatMap { decoded($0, encoding, &decoder) } ?? []
    }

    /// Returns the bytes of a `content` field; nil, with a fault, for text that is not base64.
    private static func decoded(
        _ content: [UInt8], _ encoding: ContentEncoding, _ decoder: inout FieldDecoder
    ) -> [UInt8]? {
        guard encoding == .base64 else { return content }
        guard let bytes = Base64.decode(content) else {
            decoder.fault(Base64.fault(of: content), field: ContentField.content.rawValue)
            return nil
        }
        return bytes
    }

    private static func limits(_ decoder: inout FieldDecoder)
        throws(JSONSyntaxError) -> LimitsRequest
    {
        var limits = LimitsRequest()
        try decoder.object(LimitField.self) {
            (decoder: inout FieldDecoder, field: LimitField) throws(JSONSyntaxError) in
            limits[field] =
                field.row.isWhole ? try decoder.integer().map(Double.init) : try decoder.number()
        }
        return limits
    }
}
