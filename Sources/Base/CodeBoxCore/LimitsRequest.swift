/// The limits that a client or a runtime's manifest names. A limit that the client leaves out is
/// the runtime's, and one that the runtime leaves out is that of ``Limits/standard``.
package struct LimitsRequest: Hashable, Sendable {
    private var values: [LimitField: Double]

    package init(_ values: [LimitField: Double] = [:]) {
        self.values = values
    }

    /// The value that is asked for, in the limit's unit; nil for a limit that is not named.
    package subscript(field: LimitField) -> Double? {
        get { values[field] }
        set { values[field] = newValue }
    }

    /// Returns this request, with the limits that it leaves out taken from another one.
    package func completed(by other: LimitsRequest) -> LimitsRequest {
        var whole = self
        whole.values.merge(other.values) { own, _ in own }
        return whole
    }

    /// Returns limits with the values that this request names; nothing is checked.
    package func applied(to base: Limits) -> Limits {
        guard !values.isEmpty else { return base }
        return Limits { values[$0] ?? base[$0] }
    }
}

extension LimitsRequest: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: LimitField.self)
        self.init()
        for field in container.allKeys {
            values[field] = try container.decode(Double.self, forKey: field)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: LimitField.self)
        for (field, value) in values {
            if let whole = Int(exactly: value) {
                try container.encode(whole, forKey: field)
            } else {
                try container.encode(value, forKey: field)
            }
        }
    }
}
