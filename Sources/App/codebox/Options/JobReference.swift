import ArgumentParser
import CodeBoxCore

/// The id of a job as an argument.
struct JobReference: ParsableArguments {
    @Argument(help: ArgumentHelp("Id of the job.", valueName: "id")) var text: String

    /// Lower-case, as the API writes it.
    var id: String { text.lowercased() }

    func validate() throws {
        guard JobID(id) != nil else {
            throw ValidationError("'\(text)' is not the id of a job")
        }
    }
}
