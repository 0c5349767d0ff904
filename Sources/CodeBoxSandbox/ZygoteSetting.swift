/// What tells one zygote of an image from another: the interpreter and how it is started.
package struct ZygoteSetting: Hashable, Sendable {
    /// Whose interpreter it is; `codebox-zygote-<kind>` knows how to fork it.
    package enum Kind: String, Sendable, CaseIterable {
        case python
        case node
    }

    package var kind: Kind
    /// argv up to and with the entry file's name; a job's own arguments come behind it. A program
    /// may go on in a forked interpreter only if its argv begins with exactly this.
    package var command: [String]
    /// Variables the interpreter is started with, the runtime's own.
    package var environment: [String: String]
    /// Modules to import before the first fork.
    package var preload: [String]

    package init(
        kind: Kind, command: [String], environment: [String: String], preload: [String]
    ) {
        self.kind = kind
        self.command = command
        self.environment = environment
        self.preload = preload
    }
}
