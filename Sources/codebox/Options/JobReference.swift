import ArgumentParser
import CodeBoxCore

/// A job's id as an argument.
struct JobReference: ParsableArguments {
    @Argument(help: ArgumentHelp("The job's id.", valueName: "id")) var text: String

    /// Lower-case, as the API writes it.
    var id: String { text.lowercased() }

    func validate() throws {
        guard JobID(id) != nil else {
            throw ValidationError("'\(text)' is not the id of a job")
        }
    }
}
