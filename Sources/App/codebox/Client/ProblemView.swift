/// Problem details (RFC 9457) as the API sends them.
struct ProblemView: Decodable {
    struct Fault: Decodable {
        var field: String
        var message: String
    }

    var title: String
    var detail: String?
    var code: String?
    var errors: [Fault]?
    var maximum: Double?
    var instance: String?

    /// For people: the title, and each fault on its own line if there are several.
    var text: String {
        let lead = detail.map { "\(title): \($0)" } ?? title
        guard let errors, errors.count > 1 else { return lead }
        return ([title] + errors.map { "  \($0.field): \($0.message)" }).joined(separator: "\n")
    }
}
