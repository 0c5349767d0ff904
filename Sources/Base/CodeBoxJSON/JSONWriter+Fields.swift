/// Fields, written with their value in one call. A nil is written as null.
extension JSONWriter {
    package mutating func field(_ name: StaticString, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    package mutating func field(_ name: StaticString, _ value: Int?) {
        key(name)
        if let value { integer(value) } else { null() }
    }

    package mutating func field(_ name: StaticString, _ value: Double?) {
        key(name)
        if let value { number(value) } else { null() }
    }

    package mutating func field(_ name: StaticString, _ value: Bool?) {
        key(name)
        if let value { bool(value) } else { null() }
    }

    package mutating func field(_ name: StaticString, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// Writes an object of strings, its names sorted so that equal ones read equal.
    package mutating func field(_ name: StaticString, _ values: [String: String]) {
        key(name)
        beginObject()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            key(text: name)
            string(value)
        }
        endObject()
    }

    /// Writes an object, whose fields `fields` writes.
    @inlinable
    public mutating func field(_ name: StaticString, object fields: (inout JSONWriter) -> Void) {
        key(name)
        object(fields)
    }

    /// Writes an object, whose fields `fields` writes; null for nil.
    @inlinable
    public mutating func field<Value>(
        _ name: StaticString, object value: Value?, _ fields: (inout JSONWriter, Value) -> Void
    ) {
        key(name)
        guard let value else { return null() }
        beginObject()
        fields(&self, value)
        endObject()
    }

    /// Writes an array of objects, the fields of each of which `fields` writes.
    @inlinable
    public mutating func field<Element>(
        _ name: StaticString, objects elements: [Element],
        _ fields: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements {
            beginObject()
            fields(&self, element)
            endObject()
        }
        endArray()
    }

    /// Writes an object, whose fields `fields` writes.
    @inlinable
    public mutating func object(_ fields: (inout JSONWriter) -> Void) {
        beginObject()
        fields(&self)
        endObject()
    }
}
