/// The client on whose behalf a job is run. A request's API key is turned into one at the edge;
/// the worker's admission turns it into permissions.
package struct Principal: Hashable, Sendable {
    /// The project of every client while no projects are configured.
    package static let defaultProject = "default"

    /// What the API key asks for, whatever the job says.
    package struct Options: Hashable, Sendable {
        /// False: none of the key's jobs is forked from a zygote.
        package var mayFork: Bool

        package init(mayFork: Bool = true) {
            self.mayFork = mayFork
        }
    }

    /// The name of the project that owns the jobs.
    package var project: String
    /// Names the API key; nil where the client needs none, or where keys have no ids.
    package var keyID: String?
    package var options: Options

    package init(
        project: String = defaultProject, keyID: String? = nil, options: Options = Options()
    ) {
        self.project = project
        self.keyID = keyID
        self.options = options
    }
}
