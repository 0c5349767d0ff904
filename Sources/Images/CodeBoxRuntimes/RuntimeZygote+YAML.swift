import CodeBoxCore

extension RuntimeZygote {
    /// Reads `zygote:`.
    init(yaml value: YAMLValue) throws(CodeBoxError) {
        let fields = try value.fields([
            "kind", "preload", "exec_for_environment", "fork_for_environment", "variants",
            "warm_for_suffix", "off",
        ])
        let kind = try Self.kind(try fields.required("kind"))
        self.init(
            kind: kind,
            preload: try Self.modules(try fields.list("preload")),
            execForEnvironment: try Self.patterns(try fields.list("exec_for_environment")),
            forkForEnvironment: try Self.settings(try fields.list("fork_for_environment")),
            variants: try Self.variants(try fields.list("variants")),
            warmForSuffix: try Self.warmUps(fields, kind),
            isOff: try fields.boolean("off") ?? false)
    }

    private static func kind(_ value: YAMLValue) throws(CodeBoxError) -> Kind {
        let name = try value.string()
        guard let kind = Kind(rawValue: name) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: " or ")
            throw value.failure("'\(name)' must be \(known)")
        }
        return kind
    }

    /// The zygote gets them as one string and splits it at spaces.
    private static func modules(_ values: [YAMLValue]) throws(CodeBoxError) -> [String] {
        var modules: [String] = []
        for value in values {
            let name = try value.string()
            guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
                throw value.failure("'\(name)' must be a module's name")
            }
            modules.append(name)
        }
        return modules
    }

    private static func patterns(_ values: [YAMLValue]) throws(CodeBoxError) -> [VariablePattern] {
        var patterns: [VariablePattern] = []
        for value in values {
            let text = try value.string()
            guard let pattern = VariablePattern(text) else {
                throw value.failure("'\(text)' must be a variable's name; '*' may stand at its end")
            }
            patterns.append(pattern)
        }
        return patterns
    }

    private static func settings(_ values: [YAMLValue]) throws(CodeBoxError) -> [VariableSetting] {
        var settings: [VariableSetting] = []
        for value in values {
            let text = try value.string()
            guard let setting = VariableSetting(text) else {
                throw value.failure("'\(text)' must be a variable's name, or NAME=value")
            }
            settings.append(setting)
        }
        return settings
    }

    private static func variants(_ values: [YAMLValue]) throws(CodeBoxError) -> [VariableSetting] {
        let settings = try settings(values)
        for (value, setting) in zip(values, settings) {
            guard setting.value != nil else {
                throw value.failure("'\(setting.name)' must be NAME=value")
            }
        }
        let most = ZygoteStart.maximumVariants - 1  // one is for a warm-up
        guard settings.count <= most else {
            throw values[most].failure("there must be at most \(most) variants")
        }
        return settings
    }

    private static func warmUps(
        _ fields: YAMLFields, _ kind: Kind
    ) throws(CodeBoxError) -> [String: String] {
        guard let value = fields["warm_for_suffix"] else { return [:] }
        let warmUps = try fields.stringMap("warm_for_suffix")
        let isKnown = warmUps.allSatisfy { $0.key.hasPrefix(".") && $0.value == "typescript" }
        guard kind == .node, isKnown else {
            throw value.failure("must map suffixes such as .ts to typescript, for kind node")
        }
        return warmUps
    }
}
