package import CodeBoxCore

extension RuntimeManifest {
    /// Reads a manifest.
    /// - Parameter file: its path, for errors.
    /// - Throws: ``CodeBoxError`` with code `configurationInvalid`, naming file, line and key, for
    ///   anything missing, unknown or of the wrong type.
    package init(yaml text: String, file: String) throws(CodeBoxError) {
        let top = try YAMLValue(text: text, file: file)
        let fields = try top.fields([
            "name", "version", "aliases", "entrypoint", "command", "environment", "limits",
            "memory", "processes", "open_files", "zygote", "image",
        ])
        let zygote: RuntimeZygote?
        if let value = fields["zygote"] {
            zygote = try RuntimeZygote(yaml: value)
        } else {
            zygote = nil
        }
        let memory = try fields["memory"]?.fields(["least_bytes", "heap_percent"])
        self.init(
            name: try Self.name(try fields.required("name")),
            version: try Self.version(try fields.required("version")),
            aliases: try Self.names(try fields.list("aliases")),
            entrypoint: try Self.entrypoint(try fields.required("entrypoint")),
            command: try Self.command(try fields.required("command")),
            environment: try fields.stringMap("environment"),
            limits: try LimitsRequest(yaml: fields["limits"]),
            floor: try Self.floor(fields, memory),
            heapPercent: try Self.heapPercent(memory?["heap_percent"]),
            zygote: zygote, image: try ImageRecipe(yaml: try fields.required("image")))
    }

    /// Whether a text can be a runtime's name, and so a file name of ours.
    package static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 64 else { return false }
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return isAlphanumeric(first)
            && bytes.allSatisfy {
                isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: ".")
            }
    }

    private static func name(_ value: YAMLValue) throws(CodeBoxError) -> String {
        let name = try value.string()
        guard isName(name) else {
            throw value.failure("'\(name)' must be lower-case letters, digits, '-', '_' and '.'")
        }
        return name
    }

    private static func names(_ values: [YAMLValue]) throws(CodeBoxError) -> [String] {
        var names: [String] = []
        for value in values { names.append(try name(value)) }
        return names
    }

    private static func version(_ value: YAMLValue) throws(CodeBoxError) -> String {
        let version = try value.string()
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && isName(String($0)) }) else {
            throw value.failure("'\(version)' must be like 3.13 or 24.19.0")
        }
        return version
    }

    private static func entrypoint(_ value: YAMLValue) throws(CodeBoxError) -> String {
        let name = try value.string()
        guard !name.isEmpty, name != ".", name != "..", !name.contains("/"), !name.utf8.contains(0)
        else { throw value.failure("must be a plain file name") }
        return name
    }

    private static func command(_ value: YAMLValue) throws(CodeBoxError) -> [String] {
        let command = try value.strings()
        guard let program = command.first, program.hasPrefix("/") else {
            throw value.failure("must begin with an absolute path inside the image")
        }
        guard command.filter({ $0 == entrypointPlaceholder }).count == 1 else {
            throw value.failure("must contain \(entrypointPlaceholder) once, as a part of its own")
        }
        return command
    }

    private static func floor(
        _ fields: YAMLFields, _ memory: YAMLFields?
    ) throws(CodeBoxError) -> RuntimeFloor {
        RuntimeFloor(
            memoryBytes: try least(memory?["least_bytes"], Limits.floor.memoryBytes),
            processes: try least(
                fields["processes"]?.fields(["least"])["least"], Limits.floor.processes),
            openFiles: try least(
                fields["open_files"]?.fields(["least"])["least"], Limits.floor.openFiles))
    }

    private static func least(_ value: YAMLValue?, _ floor: Int) throws(CodeBoxError) -> Int {
        guard let value else { return floor }
        let least = try value.integer()
        guard least >= floor else { throw value.failure("must be at least \(floor)") }
        return least
    }

    private static func heapPercent(_ value: YAMLValue?) throws(CodeBoxError) -> Int {
        guard let value else { return 100 }
        let percent = try value.integer()
        guard (1...1000).contains(percent) else { throw value.failure("must be from 1 to 1000") }
        return percent
    }
}
