import ArgumentParser
import CodeBoxCLI
import CodeBoxCore
import Glibc

/// A job on the command line; `run` and `submit` share it.
struct JobOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The program, or - to read it from standard input.", valueName: "file"))
    var program: String
    @Option(name: .shortAndLong, help: "Runtime's name, e.g. python or python:3.13.")
    var runtime: String
    @Option(
        name: .customLong("arg"), parsing: .unconditionalSingleValue,
        help: "An argument for the program; may be repeated. Or put them all after --.")
    var arguments: [String] = []
    @Option(
        name: .customLong("env"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A variable for the program; may be repeated.", valueName: "name=value"))
    var environment: [String] = []
    @Option(
        name: .customLong("file"),
        help: ArgumentHelp(
            "Lay a file into the workspace, under its own relative path or another; "
                + "may be repeated.",
            valueName: "[path=]file"))
    var files: [String] = []
    @Option(
        name: .customLong("limit"),
        help: ArgumentHelp(
            "One of \(LimitField.allCases.map(\.rawValue).joined(separator: ", ")); also wall=2s, "
                + "cpu=500ms, memory=64MiB. May be repeated.",
            valueName: "name=value"))
    var limits: [String] = []
    @Option(
        name: .customLong("stdin"),
        help: ArgumentHelp(
            "File for the program's standard input, - for this command's own. (default: this "
                + "command's own unless that is a terminal)", valueName: "file"))
    var standardInput: String?
    @Flag(name: .customLong("no-stdin"), help: "Give the program an empty standard input.")
    var isWithoutInput = false
    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Arguments for the program.", valueName: "arguments"))
    var rest: [String] = []

    func validate() throws {
        if isWithoutInput, standardInput != nil {
            throw ValidationError("give --stdin or --no-stdin, not both")
        }
        if program == "-", standardInput == "-" {
            throw ValidationError("standard input can be the program or its input, not both")
        }
    }

    /// Reads the files it names.
    func spec() throws(CodeBoxError) -> JobSpec {
        var spec = JobSpec(runtime: runtime, args: arguments + rest)
        let bytes = try LocalFile.read(program)
        if let text = String(validating: bytes, as: UTF8.self) {
            spec.source = text
        } else {
            // The API's source is text; anything else travels as a file.
            let name = program.split(separator: "/").last.map(String.init) ?? "program"
            spec.entrypoint = name == "-" ? "program" : name
            spec.files = [JobFile(path: spec.entrypoint ?? name, content: bytes)]
        }
        for text in files {
            let file = try FileArgument(text)
            spec.files.append(JobFile(path: file.path, content: try LocalFile.read(file.local)))
        }
        var variables: [NamedValue] = []
        for text in environment { variables.append(try NamedValue(text)) }
        spec.env = NamedValue.dictionary(variables)
        var asked: [LimitArgument] = []
        for text in limits { asked.append(try LimitArgument(text)) }
        spec.limits = LimitArgument.request(asked)
        spec.stdin = try input()
        try spec.validate()
        return spec
    }

    private func input() throws(CodeBoxError) -> [UInt8] {
        if let standardInput { return try LocalFile.read(standardInput) }
        guard !isWithoutInput, program != "-", isatty(STDIN_FILENO) == 0 else { return [] }
        return try LocalFile.read("-")
    }
}
