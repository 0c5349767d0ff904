import CodeBoxCore

extension ImageRecipe {
    init(yaml value: YAMLValue) throws(CodeBoxError) {
        let fields = try value.fields([
            "suite", "packages", "wheels", "exclude", "links", "prepare",
        ])
        self.init()
        if let suite = fields["suite"] { self.suite = try Self.word(suite) }
        packages = try Self.words(try fields.list("packages"))
        for wheel in try fields.list("wheels") { wheels.append(try WheelRecipe(yaml: wheel)) }
        for path in try fields.list("exclude") { exclude.append(try Self.path(path)) }
        if let links = fields["links"] {
            for (key, target) in try links.entries() {
                self.links[try Self.path(key, of: target)] = try target.string()
            }
        }
        for command in try fields.list("prepare") {
            let arguments = try command.strings()
            guard arguments.first?.hasPrefix("/") == true else {
                throw command.failure("must begin with an absolute path inside the image")
            }
            prepare.append(arguments)
        }
        guard !packages.isEmpty || !wheels.isEmpty else {
            throw value.failure("name at least one of packages and wheels")
        }
    }

    /// Text for a package manager's command line, which must never look like an option.
    static func word(_ value: YAMLValue) throws(CodeBoxError) -> String {
        let text = try value.string()
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default:
                "+-._".utf8.contains(byte)
            }
        }
        guard isPlain, !text.isEmpty, !text.hasPrefix("-") else {
            throw value.failure(
                "'\(text)' must be letters, digits and '+-._', not beginning with '-'")
        }
        return text
    }

    static func path(_ value: YAMLValue) throws(CodeBoxError) -> String {
        try path(try value.string(), of: value)
    }

    /// A path relative to the image's root that can't lead out of it.
    private static func path(_ text: String, of value: YAMLValue) throws(CodeBoxError) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
            !text.utf8.contains(0)
        else {
            throw value.failure(
                "'\(text)' must be relative to the image's root, without empty parts, '.' and '..'")
        }
        return text
    }

    private static func words(_ values: [YAMLValue]) throws(CodeBoxError) -> [String] {
        var words: [String] = []
        for value in values { words.append(try word(value)) }
        return words
    }
}

extension WheelRecipe {
    init(yaml value: YAMLValue) throws(CodeBoxError) {
        let fields = try value.fields(["name", "version", "sha256", "files"])
        let digests = try fields.required("sha256")
        self.init(
            name: try ImageRecipe.word(try fields.required("name")),
            version: try ImageRecipe.word(try fields.required("version")),
            sha256: try digests.strings(), files: [])
        guard !sha256.isEmpty, sha256.allSatisfy(TreeDigest.isDigest) else {
            throw digests.failure("must be a list of sha256 sums, 64 lower-case hex digits each")
        }
        for file in try fields.required("files").list() {
            let fields = try file.fields(["from", "to", "executable"])
            files.append(
                File(
                    source: try ImageRecipe.path(try fields.required("from")),
                    destination: try ImageRecipe.path(try fields.required("to")),
                    isExecutable: try fields.boolean("executable") ?? false))
        }
    }
}
