/// The most elements that an array or an object may have.
package struct ListBound: Sendable {
    package let count: Int
    /// The most bytes of all names and texts in it together.
    package let bytes: Int
    /// What the elements are, for the message: "files".
    private let noun: String

    package init(_ count: Int, _ noun: String, bytes: Int = .max) {
        self.count = count
        self.noun = noun
        self.bytes = bytes
    }

    var message: String { "at most \(count) \(noun)" }
}
