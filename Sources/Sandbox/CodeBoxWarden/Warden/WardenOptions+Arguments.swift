import CLinux
import CWire
package import CodeBoxCore

// The command line of `codebox-warden`. Only CodeBox itself writes and reads it.
extension WardenOptions {
    /// The arguments that ``init(arguments:)`` reads these options from.
    package var arguments: [String] {
        var arguments = [
            "--protocol", "\(CB_PROTOCOL)", "--images", imagesDirectory, "--init", initPath,
        ]
        if let socketPath { arguments += ["--socket", socketPath] }
        if let socketFD { arguments += ["--socket-fd", "\(socketFD)"] }
        if let lifelineFD { arguments += ["--lifeline-fd", "\(lifelineFD)"] }
        if beats { arguments.append("--beats") }
        if bounds.restrictsSpeculation { arguments.append("--restrict-speculation") }
        if !bounds.reusesNetworks { arguments.append("--fresh-networks") }
        if hasSubordinateIDs { arguments.append("--subordinate-ids") }
        if let allowedUID { arguments += ["--allowed-uid", "\(allowedUID)"] }
        if tellsRefusals { arguments.append("--tell-refusals") }
        if let preparingAs { arguments += ["--preparing-as", "\(preparingAs)"] }
        for field in LimitField.enforcedByWarden {
            arguments += ["--ceiling", "\(field.rawValue)=\(bounds.ceiling[field])"]
        }
        return arguments + [
            "--memory-bytes", "\(bounds.memoryBytes)", "--processes", "\(bounds.processes)",
            "--cpu-weight", "\(bounds.cpuWeight)",
            "--kernel-memory-bytes", "\(bounds.kernelMemoryBytes)",
        ]
    }

    /// - Throws: `configurationInvalid` for arguments that are missing, unknown or no numbers, and
    ///   for a client of another protocol.
    package init(arguments: [String]) throws(CodeBoxError) {
        var rest = arguments[...]
        var words: [String: String] = [:]
        var bounds = WardenBounds()
        var flags: Set<String> = []
        while let name = rest.popFirst() {
            if Self.flags.contains(name) {
                flags.insert(name)
                continue
            }
            guard Self.names.contains(name) else {
                throw Self.wrong("there is no option '\(name)'")
            }
            guard let value = rest.popFirst() else { throw Self.wrong("\(name) needs a value") }
            if name == "--ceiling" {
                try Self.set(value, in: &bounds.ceiling)
            } else {
                words[name] = value
            }
        }
        bounds.restrictsSpeculation = flags.contains("--restrict-speculation")
        bounds.reusesNetworks = !flags.contains("--fresh-networks")
        try Self.checkProtocol(words["--protocol"])
        guard let images = words["--images"], let initPath = words["--init"] else {
            throw Self.wrong("--images and --init are missing")
        }
        self.init(
            socketPath: words["--socket"], socketFD: try Self.number("--socket-fd", words),
            lifelineFD: try Self.number("--lifeline-fd", words),
            beats: flags.contains("--beats"),
            imagesDirectory: images, initPath: initPath,
            allowedUID: try Self.number("--allowed-uid", words),
            hasSubordinateIDs: flags.contains("--subordinate-ids"), bounds: bounds,
            preparingAs: try Self.number("--preparing-as", words),
            tellsRefusals: flags.contains("--tell-refusals"))
        guard (socketPath == nil) != (socketFD == nil) else {
            throw Self.wrong("give either --socket or --socket-fd")
        }
        if let memory: Int = try Self.number("--memory-bytes", words) {
            self.bounds.memoryBytes = memory
        }
        if let processes: Int = try Self.number("--processes", words) {
            self.bounds.processes = processes
        }
        if let weight: Int = try Self.number("--cpu-weight", words) {
            self.bounds.cpuWeight = weight
        }
        if let memory: Int = try Self.number("--kernel-memory-bytes", words) {
            self.bounds.kernelMemoryBytes = memory
        }
    }

    private static let flags: Set<String> = [
        "--beats", "--subordinate-ids", "--restrict-speculation", "--tell-refusals",
        "--fresh-networks",
    ]

    private static let names: Set<String> = [
        "--protocol", "--images", "--init", "--socket", "--socket-fd", "--lifeline-fd",
        "--allowed-uid", "--ceiling", "--memory-bytes", "--processes", "--kernel-memory-bytes",
        "--preparing-as", "--cpu-weight",
    ]

    /// The messages between client and warden are C structs: two builds that differ in them would
    /// misread each other.
    private static func checkProtocol(_ text: String?) throws(CodeBoxError) {
        guard let text, text != "\(CB_PROTOCOL)" else { return }
        throw CodeBoxError(
            .configurationInvalid,
            "codebox speaks protocol \(text) and codebox-warden (\(Version.text)) protocol "
                + "\(CB_PROTOCOL); install both from one build")
    }

    private static func number<Number: FixedWidthInteger>(
        _ name: String, _ words: [String: String]
    ) throws(CodeBoxError) -> Number? {
        guard let word = words[name] else { return nil }
        guard let number = Number(word), number >= 0 else {
            throw wrong("\(name): '\(word)' is not a number")
        }
        return number
    }

    private static func set(_ text: String, in limits: inout Limits) throws(CodeBoxError) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let field = LimitField(rawValue: parts[0]),
            let value = Double(parts[1]), value >= 0, value <= field.row.greatestCeiling
        else {
            throw wrong("--ceiling '\(text)' is not a limit and a number that it may have")
        }
        limits[field] = value
    }

    private static func wrong(_ what: String) -> CodeBoxError {
        CodeBoxError(
            .configurationInvalid,
            "\(what); `codebox serve` and `codebox run` start codebox-warden")
    }
}
