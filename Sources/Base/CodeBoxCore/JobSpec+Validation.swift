extension JobSpec {
    /// Bounds beyond which a request is refused: far above honest use, far below any harm.
    package enum Bounds {
        /// Bytes of a runtime's name or alias.
        package static let runtimeBytes = 256
        /// Files in one job.
        package static let files = 1_000
        /// Bytes of a path.
        package static let pathBytes = 1_024
        /// Arguments, and environment variables, in number.
        package static let args = 1_000
        package static let env = 1_000
        /// Bytes of all arguments and environment variables together (Linux allows 2 MiB of stack).
        package static let argsAndEnvBytes = 128 << 10
        package static let labels = 32
        package static let labelBytes = 256
    }

    /// Refuses a spec that must never reach a sandbox, and names the field.
    ///
    /// The catalog checks that the runtime exists, and ``LimitsPolicy`` checks the limits.
    /// - Throws: ``CodeBoxError`` with code `invalidRequest`.
    package func validate() throws(CodeBoxError) {
        try Self.refuse(runtime.isEmpty, "runtime", "must not be empty")
        try Self.refuse(
            source == nil && files.isEmpty, "source", "give source, or files with an entrypoint")
        try Self.refuse(
            source == nil && entrypoint == nil, "entrypoint", "name the file to run")
        if let entrypoint {
            try Self.checkPath(entrypoint, field: "entrypoint")
            try Self.refuse(
                source == nil && !files.contains { $0.path == entrypoint }, "entrypoint",
                "'\(entrypoint)' is not one of files")
        }
        try checkFiles()
        try checkStrings()
        try checkLabels()
    }

    private func checkFiles() throws(CodeBoxError) {
        try Self.refuse(files.count > Bounds.files, "files", "at most \(Bounds.files) files")
        var seen: Set<String> = []
        var folders: Set<String> = []
        for (index, file) in files.enumerated() {
            let field = "files[\(index)].path"
            try Self.checkPath(file.path, field: field)
            try Self.refuse(
                !seen.insert(file.path).inserted, field, "duplicate path '\(file.path)'")
            var folder = file.path[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                folders.insert(String(folder))
            }
        }
        for (index, file) in files.enumerated() where folders.contains(file.path) {
            throw CodeBoxError(
                .invalidRequest, "files[\(index)].path: '\(file.path)' is both a file and a folder",
                field: "files[\(index)].path")
        }
    }

    private func checkStrings() throws(CodeBoxError) {
        try Self.refuse(args.count > Bounds.args, "args", "at most \(Bounds.args) arguments")
        try Self.refuse(env.count > Bounds.env, "env", "at most \(Bounds.env) variables")
        var bytes = 0
        for (index, argument) in args.enumerated() {
            try Self.refuse(argument.utf8.contains(0), "args[\(index)]", "must not contain NUL")
            bytes += argument.utf8.count + 1
        }
        for (name, value) in env {
            try Self.refuse(
                name.isEmpty || name.utf8.contains(UInt8(ascii: "=")) || name.utf8.contains(0),
                "env",
                "a variable's name must be non-empty, without '=' and NUL")
            try Self.refuse(value.utf8.contains(0), "env.\(name)", "must not contain NUL")
            bytes += name.utf8.count + value.utf8.count + 2
        }
        try Self.refuse(
            bytes > Bounds.argsAndEnvBytes, "args",
            "args and env together take \(bytes) bytes; the maximum is \(Bounds.argsAndEnvBytes)")
    }

    private func checkLabels() throws(CodeBoxError) {
        try Self.refuse(labels.count > Bounds.labels, "labels", "at most \(Bounds.labels) labels")
        for (name, value) in labels {
            try Self.refuse(
                name.isEmpty || name.utf8.count > Bounds.labelBytes
                    || value.utf8.count > Bounds.labelBytes || name.utf8.contains(0)
                    || value.utf8.contains(0), "labels",
                "names and values are at most \(Bounds.labelBytes) bytes, names not empty, "
                    + "without NUL")
        }
    }

    private static func checkPath(_ path: String, field: String) throws(CodeBoxError) {
        try refuse(path.isEmpty, field, "must not be empty")
        try refuse(path.utf8.count > Bounds.pathBytes, field, "at most \(Bounds.pathBytes) bytes")
        try refuse(path.utf8.contains(0), field, "must not contain NUL")
        try refuse(path.utf8.first == UInt8(ascii: "/"), field, "must be relative to the workspace")
        for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            let text = String(part) ?? ""
            try refuse(
                text.isEmpty || text == "." || text == "..", field,
                "must not contain empty parts, '.' or '..'")
            try refuse(part.count > 255, field, "a name is at most 255 bytes")
        }
    }

    private static func refuse(_ wrong: Bool, _ field: String, _ why: String) throws(CodeBoxError) {
        if wrong { throw CodeBoxError(.invalidRequest, "\(field): \(why)", field: field) }
    }
}
