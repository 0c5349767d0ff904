import CodeBoxCore

/// Values of the types a job is made of. Each steps over a value of another type, noting the fault.
extension JobRequestDecoder {
    mutating func string(at place: @autoclosure () -> String) throws(JSONSyntaxError) -> String? {
        guard try expect(.string, at: place()) else { return nil }
        return try reader.string()
    }

    mutating func utf8(at place: @autoclosure () -> String) throws(JSONSyntaxError) -> [UInt8]? {
        guard try expect(.string, at: place()) else { return nil }
        return try reader.utf8()
    }

    mutating func boolean(at place: @autoclosure () -> String) throws(JSONSyntaxError) -> Bool? {
        guard try expect(.boolean, at: place()) else { return nil }
        return try reader.boolean()
    }

    mutating func integer(at place: @autoclosure () -> String) throws(JSONSyntaxError) -> Int? {
        guard try expect(.number, at: place()) else { return nil }
        guard let value = try reader.number().integer else {
            fault(place(), "must be a whole number within 64 bits")
            return nil
        }
        return value
    }

    mutating func number(at place: @autoclosure () -> String) throws(JSONSyntaxError) -> Double? {
        guard try expect(.number, at: place()) else { return nil }
        guard let value = try reader.number().double else {
            fault(place(), "must be a finite number")
            return nil
        }
        return value
    }

    mutating func encoding(at place: String) throws(JSONSyntaxError) -> ContentEncoding {
        guard let name = try string(at: place) else { return .utf8 }
        guard let encoding = ContentEncoding(rawValue: name) else {
            let known = ContentEncoding.allCases.map { "'\($0.rawValue)'" }.joined(
                separator: " or ")
            fault(place, "must be \(known)")
            return .utf8
        }
        return encoding
    }

    mutating func decoded(_ content: [UInt8], _ encoding: ContentEncoding, at place: String)
        -> [UInt8]?
    {
        guard encoding == .base64 else { return content }
        guard let bytes = Base64.decode(content) else {
            fault(place, "is not base64 (RFC 4648, section 4: padded, without white space)")
            return nil
        }
        return bytes
    }

    // MARK: Collections

    mutating func strings(at place: String) throws(JSONSyntaxError) -> [String] {
        var values: [String] = []
        try array(at: place) { (decoder: inout Self, index: Int) throws(JSONSyntaxError) in
            if let value = try decoder.string(at: "\(place)[\(index)]") { values.append(value) }
        }
        return values
    }

    mutating func map(at place: String) throws(JSONSyntaxError) -> [String: String] {
        var values: [String: String] = [:]
        guard try expect(.object, at: place) else { return values }
        reader.open()
        var isFirst = true
        while let name = try reader.nextKey(isFirst: &isFirst) {
            guard let value = try string(at: "\(place).\(Self.shown(name))") else { continue }
            if values.updateValue(value, forKey: name) != nil {
                fault("\(place).\(Self.shown(name))", "is given twice")
            }
        }
        return values
    }

    mutating func array(
        at place: String, element: (inout Self, Int) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        guard try expect(.array, at: place) else { return }
        reader.open()
        var (index, isFirst) = (0, true)
        while try reader.nextElement(isFirst: &isFirst) {
            try element(&self, index)
            index += 1
        }
    }

    /// An object with just the members that `Member` names, each at most once.
    /// - Returns: the members that were there; nil if it was no object.
    @discardableResult
    mutating func object<Member: RawRepresentable & CaseIterable & Hashable>(
        _ type: Member.Type, at place: String,
        member: (inout Self, Member) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) -> Set<Member>? where Member.RawValue == String {
        guard try expect(.object, at: place) else { return nil }
        reader.open()
        let prefix = place.isEmpty ? "" : place + "."
        var seen: Set<Member> = []
        var isFirst = true
        while let name = try reader.nextKey(isFirst: &isFirst) {
            guard let known = Member(rawValue: name) else {
                let names = Member.allCases.map(\.rawValue).joined(separator: ", ")
                try refuse(prefix + Self.shown(name), "is not known; known: \(names)")
                continue
            }
            guard seen.insert(known).inserted else {
                try refuse(prefix + name, "is given twice")
                continue
            }
            try member(&self, known)
        }
        return seen
    }

    // MARK: Faults

    mutating func require<Member: RawRepresentable & Hashable>(
        _ members: [Member], of seen: Set<Member>, at place: String
    ) where Member.RawValue == String {
        for member in members where !seen.contains(member) {
            fault("\(place).\(member.rawValue)", "is required")
        }
    }

    mutating func fault(_ field: String, _ message: String) {
        if faults.count < Self.maximumFaults {
            faults.append(FieldFault(field: field, message: message))
        }
    }

    /// Notes a fault and steps over the value it is about.
    mutating func refuse(_ field: String, _ message: String) throws(JSONSyntaxError) {
        fault(field, message)
        try reader.skip()
    }

    private mutating func expect(_ kind: JSONKind, at place: @autoclosure () -> String)
        throws(JSONSyntaxError) -> Bool
    {
        let found = try reader.kind()
        guard found != kind else { return true }
        let place = place()
        try refuse(
            place,
            "\(place.isEmpty ? "the body " : "")must be \(kind.description), not \(found.description)"
        )
        return false
    }

    /// A name that a client made up, cut to a length fit to be shown.
    private static func shown(_ name: String) -> String {
        name.count > 64 ? name.prefix(64) + "…" : name
    }
}
