/// The fields of an object that ``FieldDecoder/object(_:_:)`` reads.
public protocol FieldName: RawRepresentable, CaseIterable, Hashable where RawValue == String {
    /// What the client should write instead of a name that is none of these fields, as the rest of
    /// a sentence; nil for a name of which nothing is known.
    static func remedy(forUnknown name: String) -> String?
}

extension FieldName {
    public static func remedy(forUnknown name: String) -> String? { nil }
}
