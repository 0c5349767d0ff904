import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import Glibc

/// The options that describe a job, for `run` and `submit`.
struct JobOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("File of the program, or - for standard input.", valueName: "file"))
    var program: String
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Runtime that runs the program, e.g. python or python:3.13.", valueName: "name"))
    var runtime: String?
    @Option(
        name: .customLong("arg"), parsing: .unconditionalSingleValue,
        help: "Argument for the program; may be repeated. Or write all arguments after --.")
    var arguments: [String] = []
    @Option(
        name: .customLong("env"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Environment variable for the program; may be repeated.", valueName: "name=value"))
    var environment: [String] = []
    @Option(
        name: .customLong("file"),
        help: ArgumentHelp(
            "Copy a file into the workspace, under its own relative path or another; may be "
                + "repeated.",
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
            "File for the program's standard input, or - for this command's standard input. "
                + "(default: -, unless that is a terminal)", valueName: "file"))
    var standardInput: String?
    @Flag(name: .customLong("no-stdin"), help: "Give the program an empty standard input.")
    var isWithoutInput = false
    @Flag(
        name: .customLong("merge-output"),
        help: "Make the program's stderr its stdout, so that the order of all output is kept.")
    var mergesOutput = false
    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Arguments for the program.", valueName: "arguments"))
    var rest: [String] = []

    func validate() throws {
        if isWithoutInput, standardInput != nil {
            throw ValidationError("--stdin and --no-stdin exclude each other")
        }
        if program == "-", standardInput == "-" {
            throw ValidationError("standard input can be either the program or its input")
        }
    }

    /// Reads the files that the options name.
    /// - Parameter guess: tells the runtime of a program from its file name, which is nil for
    ///   standard input, and its content. It is called if no runtime is named.
    func spec(
        guessing guess: (String?, [UInt8]) throws(CodeBoxError) -> String
    ) throws(CodeBoxError) -> JobSpec {
        let bytes = try LocalFile.read(program)
        var spec = JobSpec(runtime: runtime ?? "", args: arguments + rest)
        if runtime == nil { spec.runtime = try guess(program == "-" ? nil : program, bytes) }
        if let text = String(validating: bytes, as: UTF8.self) {
            spec.source = text
        } else {
            // The API's source is text; other programs are sent as files.
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
        spec.mergesOutput = mergesOutput
        try spec.validate()
        return spec
    }

    private func input() throws(CodeBoxError) -> [UInt8] {
        if let standardInput { return try LocalFile.read(standardInput) }
        guard !isWithoutInput, program != "-", isatty(STDIN_FILENO) == 0 else { return [] }
        return try LocalFile.read("-")
    }
}
