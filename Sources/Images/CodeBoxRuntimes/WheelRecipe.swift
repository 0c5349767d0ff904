/// A wheel of the Python package index and the files to take from it.
package struct WheelRecipe: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        /// Path in the wheel.
        package var source: String
        /// Path in the image, relative to its root.
        package var destination: String
        package var isExecutable: Bool

        package init(source: String, destination: String, isExecutable: Bool = false) {
            self.source = source
            self.destination = destination
            self.isExecutable = isExecutable
        }
    }

    package var name: String
    /// The exact version; a build never chooses one.
    package var version: String
    /// sha256 of the wheels that may be used, one for each architecture, 64 lower-case hex digits.
    package var sha256: [String]
    package var files: [File]

    package init(name: String, version: String, sha256: [String], files: [File]) {
        self.name = name
        self.version = version
        self.sha256 = sha256
        self.files = files
    }
}
