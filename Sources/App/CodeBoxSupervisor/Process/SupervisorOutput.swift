/// Where a supervisor's messages go.
package struct SupervisorOutput {
    /// Receives the URL once the server listens.
    let announce: (String) -> Void
    /// Receives what went wrong, for the log.
    let warn: (String) -> Void

    package init(announce: @escaping (String) -> Void, warn: @escaping (String) -> Void) {
        self.announce = announce
        self.warn = warn
    }
}
