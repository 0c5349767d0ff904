import CodeBoxJSON
import CodeBoxCore
import CodeBoxHTTP
import CodeBoxJobs

extension JobQuery {
    static let maximumLimit = 200

    /// Reads the query of `GET /v1/jobs`.
    init(query: String?) throws(Problem) {
        let parameters = try QueryParameters(
            query, names: ["state", "runtime", "cursor", "limit"], repeatable: ["label"])
        self.init()
        if let text = parameters.first("state") {
            guard let value = JobState(rawValue: text) else {
                let known = JobState.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem([FieldFault(field: "?state", message: "must be one of \(known)")])
            }
            state = value
        }
        runtime = parameters.first("runtime")
        if let text = parameters.first("cursor") {
            guard let id = JobID(text) else {
                throw Problem([
                    FieldFault(field: "?cursor", message: "must be the next_cursor of a page")
                ])
            }
            before = id
        }
        if let text = parameters.first("limit") {
            limit = try Self.limit(text)
        }
        for text in parameters.all("label") {
            guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
                throw Problem([FieldFault(field: "?label", message: "must be name:value")])
            }
            let name = String(text[..<colon])
            let value = String(text[text.index(after: colon)...])
            if let other = labels.updateValue(value, forKey: name), other != value {
                throw Problem([
                    FieldFault(field: "?label", message: "duplicate label name '\(name)'")
                ])
            }
        }
    }

    private static func limit(_ text: String) throws(Problem) -> Int {
        guard let value = Int(text) else {
            throw Problem([FieldFault(field: "?limit", message: "must be a whole number")])
        }
        guard (1...maximumLimit).contains(value) else {
            var problem = Problem(
                .limitOutOfRange, "?limit must be between 1 and \(maximumLimit)", field: "?limit")
            problem.allowed = 1...Double(maximumLimit)
            throw problem
        }
        return value
    }
}
