/// How a runtime's zygote is started. A build writes this start record beside the image, and the
/// warden reads it there instead of believing the server.
///
/// The record is a sequence of strings, each ended by a NUL byte, of at most ``maximumBytes``
/// together. Counts are decimal, without a sign or a leading zero.
///
///     codebox-zygote-start 1      2 if variants follow
///     <kind>                      python or node
///     <n> <argument> × n          argv; the first is an absolute path inside the image
///     <n> <NAME=value> × n        the environment
///     <n> <NAME=value> × n        the variants
package struct ZygoteStart: Hashable, Sendable {
    /// The language of the interpreter; `codebox-zygote-<kind>` forks it.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case python
        case node
    }

    /// The record's name in the image's folder.
    package static let fileName = "zygote.start"
    package static let maximumBytes = 64 << 10
    /// The most arguments and variables together that a zygote's start has room for.
    package static let maximumStrings = 256
    /// The placeholder in an argument or a variable for the heap's size in MiB, which follows the
    /// job's memory limit.
    package static let heapPlaceholder = "{heap_mib}"
    /// The variable that tells a zygote which modules to import before the first fork.
    package static let preloadVariable = "CODEBOX_PRELOAD"
    /// The variable that tells a zygote what to run through in addition before the first fork.
    package static let warmVariable = "CODEBOX_WARM"
    /// The variable that tells a zygote its heap's size, in MiB.
    package static let heapVariable = "CODEBOX_HEAP_MIB"
    /// The largest heap that a zygote can be asked for: 1 TiB.
    package static let maximumHeapMiB = 1 << 20

    /// The most variants.
    package static let maximumVariants = 8

    private static let magic = "codebox-zygote-start 1"
    private static let magicWithVariants = "codebox-zygote-start 2"

    package var kind: Kind
    /// The command line; an argument may contain ``heapPlaceholder``.
    package var arguments: [String]
    /// Variables as `NAME=value`, in the order in which the interpreter gets them; a value may
    /// contain ``heapPlaceholder``.
    package var environment: [String]
    /// Further variables as `NAME=value`. Each set of them has a zygote of its own.
    package var variants: [String]

    package init(
        kind: Kind, arguments: [String], environment: [String], variants: [String] = []
    ) {
        self.kind = kind
        self.arguments = arguments
        self.environment = environment
        self.variants = variants
    }

    /// The record's bytes.
    /// - Throws: `configurationInvalid` if it would be too large or a string holds a NUL.
    package func encoded() throws(CodeBoxError) -> [UInt8] {
        let strings =
            [variants.isEmpty ? Self.magic : Self.magicWithVariants, kind.rawValue]
            + [String(arguments.count)] + arguments + [String(environment.count)] + environment
            + (variants.isEmpty ? [] : [String(variants.count)] + variants)
        var bytes: [UInt8] = []
        for string in strings {
            bytes += string.utf8
            bytes.append(0)
        }
        // A record that can't be read back comes from a faulty manifest. It is reported now, while
        // the manifest can be corrected.
        do throws(Fault) {
            guard try Self.parse(bytes) == self else { throw Fault("a string holds a NUL") }
        } catch {
            throw CodeBoxError(
                .configurationInvalid,
                "the zygote's command and environment can't be recorded: \(error.reason)")
        }
        return bytes
    }

    /// Reads a record.
    /// - Parameter file: its path, for the message.
    /// - Throws: `imageFailed` naming the file and what is wrong with it.
    package init(parsing bytes: [UInt8], file: String) throws(CodeBoxError) {
        do throws(Fault) {
            self = try Self.parse(bytes)
        } catch {
            throw CodeBoxError(
                .imageFailed,
                "the start record \(file) is damaged: \(error.reason); "
                    + "build the image again")
        }
    }

    /// The argv of a zygote whose heap has this size.
    package func arguments(heapMiB: Int) -> [String] {
        arguments.map { Self.replacingHeap(in: $0, with: heapMiB) }
    }

    /// The environment with the variants that are chosen.
    /// - Parameter chosen: bit n stands for the variant of index n.
    /// - Returns: nil if a bit stands for none.
    package func environment(variants chosen: UInt32) -> [String]? {
        guard chosen >> UInt32(variants.count) == 0 else { return nil }
        let added = variants.indices.filter { chosen >> $0 & 1 == 1 }.map { variants[$0] }
        let names = Set(added.map { $0.prefix { $0 != "=" } })
        return environment.filter { !names.contains($0.prefix { $0 != "=" }) } + added
    }

    /// The environment of a zygote whose heap has this size.
    package func environment(heapMiB: Int) -> [String] {
        environment.map { Self.replacingHeap(in: $0, with: heapMiB) }
    }

    /// Replaces ``heapPlaceholder`` by a size.
    package static func replacingHeap(in argument: String, with heapMiB: Int) -> String {
        // This runs for every job, and most arguments have no placeholder.
        guard argument.utf8.contains(UInt8(ascii: "{")) else { return argument }
        return argument.replacing(heapPlaceholder, with: String(heapMiB))
    }

    private struct Fault: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    private static func parse(_ bytes: [UInt8]) throws(Fault) -> ZygoteStart {
        guard bytes.count <= maximumBytes else {
            throw Fault("it has more than \(maximumBytes) bytes")
        }
        guard bytes.last == 0 else { throw Fault("it does not end with a NUL") }
        var rest = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()[...]
        func next(_ what: String) throws(Fault) -> String {
            guard let piece = rest.popFirst() else { throw Fault("it ends before \(what)") }
            guard let text = String(validating: piece, as: UTF8.self) else {
                throw Fault("\(what) is not UTF-8")
            }
            return text
        }
        func number(_ what: String, _ range: ClosedRange<Int>) throws(Fault) -> Int {
            let text = try next(what)
            guard let value = Int(text), String(value) == text, range.contains(value) else {
                throw Fault("\(what) is '\(text.prefix(20))', not a number of \(range)")
            }
            return value
        }
        func list(_ what: String, _ range: ClosedRange<Int>) throws(Fault) -> [String] {
            var strings: [String] = []
            for _ in 0..<(try number("the number of \(what)s", range)) {
                strings.append(try next("each \(what)"))
            }
            return strings
        }
        let format = try next("its format")
        guard format == magic || format == magicWithVariants else {
            throw Fault("its format is unknown")
        }
        let name = try next("the kind")
        guard let kind = Kind(rawValue: name) else {
            throw Fault("there is no zygote of kind '\(name.prefix(20))'")
        }
        let arguments = try list("argument", 1...maximumStrings)
        let environment = try list("variable", 0...(maximumStrings - arguments.count))
        let variants =
            format == magic ? [] : try list("variant", 1...maximumVariants)
        guard rest.isEmpty else { throw Fault("something follows its last string") }
        guard arguments[0].hasPrefix("/") else {
            throw Fault("its first argument is no absolute path")
        }
        return ZygoteStart(
            kind: kind, arguments: arguments, environment: environment, variants: variants)
    }
}
