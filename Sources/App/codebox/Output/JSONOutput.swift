import Foundation
import Glibc

/// JSON for `--json`.
enum JSONOutput {
    /// Indented, members sorted, with a newline.
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Console.write([UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")], to: STDOUT_FILENO)
    }
}
