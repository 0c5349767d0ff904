/// The exact runtime image that a job ran on.
package struct RuntimeIdentity: Codable, Hashable, Sendable {
    package var name: String
    package var version: String
    /// sha256 over the canonical listing of the image's tree, 64 lower-case hex digits.
    package var digest: String

    package init(name: String, version: String, digest: String) {
        self.name = name
        self.version = version
        self.digest = digest
    }
}
