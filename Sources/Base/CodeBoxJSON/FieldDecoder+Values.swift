/// Values of each kind. A value of another kind is a fault; it is stepped over and gives nil.
extension FieldDecoder {
    @usableFromInline
    package mutating func string() throws(JSONSyntaxError) -> String? {
        guard try expect(.string) else { return nil }
        return try reader.string()
    }

    /// Reads a string, and stops if it is longer than so many bytes.
    package mutating func string(atMost maximumBytes: Int) throws(JSONSyntaxError) -> String? {
        guard let text = try string() else { return nil }
        if text.utf8.count > maximumBytes { try stop("at most \(maximumBytes) bytes") }
        return text
    }

    package mutating func utf8() throws(JSONSyntaxError) -> [UInt8]? {
        guard try expect(.string) else { return nil }
        return try reader.utf8()
    }

    package mutating func boolean() throws(JSONSyntaxError) -> Bool? {
        guard try expect(.boolean) else { return nil }
        return try reader.boolean()
    }

    package mutating func integer() throws(JSONSyntaxError) -> Int? {
        guard try expect(.number) else { return nil }
        guard let value = try reader.number().integer else {
            fault("must be a whole number within 64 bits")
            return nil
        }
        return value
    }

    package mutating func number() throws(JSONSyntaxError) -> Double? {
        guard try expect(.number) else { return nil }
        guard let value = try reader.number().double else {
            fault("must be a finite number")
            return nil
        }
        return value
    }

    /// Reads a string that is one of a few words.
    @inlinable
    public mutating func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type)
        throws(JSONSyntaxError) -> Choice? where Choice.RawValue == String
    {
        guard let text = try string() else { return nil }
        guard let choice = Choice(rawValue: text) else {
            refuseChoice(Choice.allCases.map(\.rawValue))
            return nil
        }
        return choice
    }

    @usableFromInline
    mutating func refuseChoice(_ known: [String]) {
        fault("must be \(known.map { "'\($0)'" }.joined(separator: " or "))")
    }

    // MARK: Objects and arrays

    /// Reads an array of strings; an element of another kind is left out.
    package mutating func strings(_ bound: ListBound? = nil) throws(JSONSyntaxError) -> [String] {
        var values: [String] = []
        var bytes = 0
        try array(bound) { (decoder: inout Self, _) throws(JSONSyntaxError) in
            guard let value = try decoder.string() else { return }
            bytes += value.utf8.count
            try decoder.check(bytes, within: bound)
            values.append(value)
        }
        return values
    }

    /// Reads an object whose names the client chooses and whose values are strings.
    package mutating func map(_ bound: ListBound? = nil) throws(JSONSyntaxError)
        -> [String: String]
    {
        var values: [String: String] = [:]
        var (count, bytes) = (0, 0)
        guard try expect(.object) else { return values }
        reader.open()
        var isFirst = true
        while let name = try enterField(isFirst: &isFirst) {
            let value = try string()
            count += 1
            bytes += name.utf8.count + (value?.utf8.count ?? 0)
            if let value, values.updateValue(value, forKey: name) != nil {
                fault("duplicate field")
            }
            leave()
            if let bound, count > bound.count { try stop(bound.message) }
            try check(bytes, within: bound)
        }
        return values
    }

    private mutating func check(_ bytes: Int, within bound: ListBound?) throws(JSONSyntaxError) {
        if let bound, bytes > bound.bytes { try stop("at most \(bound.bytes) bytes together") }
    }

    /// Reads an array.
    /// - Parameter element: reads one element; it gets the element's index.
    package mutating func array(
        _ bound: ListBound? = nil,
        _ element: (inout Self, Int) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        guard try expect(.array) else { return }
        reader.open()
        var (index, isFirst) = (0, true)
        while try reader.nextElement(isFirst: &isFirst) {
            if let bound, index == bound.count { try stop(bound.message) }
            enter(element: index)
            try element(&self, index)
            leave()
            index += 1
        }
    }

    /// Reads an object that has only the fields that `Field` names, each at most once.
    /// - Parameter field: reads one field's value.
    /// - Returns: the fields that were there; nil if the value is not an object.
    @inlinable
    @discardableResult
    public mutating func object<Field: FieldName>(
        _ type: Field.Type, _ field: (inout Self, Field) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) -> Set<Field>? {
        guard try expect(.object) else { return nil }
        reader.open()
        var seen: Set<Field> = []
        var isFirst = true
        while let name = try enterField(isFirst: &isFirst) {
            if let known = Field(rawValue: name) {
                if seen.insert(known).inserted {
                    try field(&self, known)
                } else {
                    try refuse("duplicate field")
                }
            } else {
                try refuseUnknown(
                    Field.allCases.map(\.rawValue), remedy: Field.remedy(forUnknown: name))
            }
            leave()
        }
        return seen
    }

    @usableFromInline
    mutating func refuseUnknown(_ known: [String], remedy: String?) throws(JSONSyntaxError) {
        let instead = remedy ?? "expected one of \(known.joined(separator: ", "))"
        try refuse("unknown field; \(instead)")
    }

    /// Collects a fault for each of these fields that was not there.
    @inlinable
    public mutating func require<Field: RawRepresentable & Hashable>(
        _ fields: [Field], of seen: Set<Field>
    ) where Field.RawValue == String {
        for field in fields where !seen.contains(field) {
            fault("missing required field", field: field.rawValue)
        }
    }
}
