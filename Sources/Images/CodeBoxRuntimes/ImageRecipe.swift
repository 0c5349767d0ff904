/// Describes the content of a runtime's image. It is data: no step of it is a shell script.
///
/// The parts are applied in the order of the properties; see ``ImageBuilder``.
package struct ImageRecipe: Hashable, Sendable {
    /// The Debian suite that packages come from.
    package var suite: String
    /// Debian packages; dependencies are included, recommendations are not.
    package var packages: [String]
    /// Python wheels that carry binaries.
    package var wheels: [WheelRecipe]
    /// Paths left out, relative to the root; `*` stands for anything, slashes included.
    package var exclude: [String]
    /// Symbolic links by path relative to the root, as a package's install script would create
    /// them.
    package var links: [String: String]
    /// argv lists run inside the finished root, without network, e.g. to compile a library ahead.
    package var prepare: [[String]]

    package init(
        suite: String = "trixie", packages: [String] = [], wheels: [WheelRecipe] = [],
        exclude: [String] = [], links: [String: String] = [:], prepare: [[String]] = []
    ) {
        self.suite = suite
        self.packages = packages
        self.wheels = wheels
        self.exclude = exclude
        self.links = links
        self.prepare = prepare
    }
}
