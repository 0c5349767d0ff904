import CLinux
import CodeBoxCore
import Glibc

/// The capabilities that root's warden needs and that a container has taken from root.
package struct MissingCapabilities: Hashable, Sendable {
    /// As a container's option takes them: `SYS_ADMIN,NET_ADMIN`.
    package var names: String

    /// - Returns: nil if this process lacks none.
    package static func current() -> MissingCapabilities? {
        var text = [CChar](repeating: 0, count: 256)
        guard cb_missing_capabilities(&text, text.count) == 0, text[0] != 0 else { return nil }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return MissingCapabilities(names: String(decoding: bytes, as: UTF8.self))
    }

    package var remedy: String {
        "start the container with --cap-add \(names), or run CodeBox in it as an ordinary user"
    }

    var error: CodeBoxError {
        CodeBoxError(
            .wardenUnavailable, "root lacks the capabilities \(names) here; \(remedy)")
    }
}
