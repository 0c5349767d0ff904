import CWire
import Glibc

/// A zygote as the warden knows it, from clone to the removal of its cgroup.
final class WardenZygote {
    let number: UInt64
    let clientID: UInt64
    let connection: UInt64
    /// The digest whose lock it holds (``ImageLocks``).
    let image: String
    let pid: CInt
    let pidfd: CInt
    let control: CInt
    let output: CInt
    let leaf: any CgroupLeaf
    /// See ``SandboxMaker/MadeZygote/owner``.
    let owner: UInt32
    /// Its interpreter has started and waits for requests.
    var isUp = false
    /// Why it did not start, or was ended.
    var failure: cb_note?
    /// What the warden ended it for, in words; nil if it did not.
    var fault: String?

    /// How long an interpreter may take to start, with all that it imports.
    static let startNs: UInt64 = 10_000_000_000
    let startDeadlineNs = cb_now_ns() + startNs

    init(
        number: UInt64, clientID: UInt64, connection: UInt64, image: String,
        made: SandboxMaker.MadeZygote
    ) {
        self.number = number
        self.clientID = clientID
        self.connection = connection
        self.image = image
        pid = made.pid
        pidfd = made.pidfd
        control = made.control
        output = made.output
        leaf = made.leaf
        owner = made.owner
    }

    /// The last of what it wrote, for whoever wants to know why it died.
    func lastWords() -> String {
        var text = [UInt8](repeating: 0, count: 4096)
        let count = max(0, read(output, &text, text.count))
        return String(decoding: text[0..<count].suffix(200), as: UTF8.self)
            .split(whereSeparator: \.isNewline).joined(separator: " | ")
    }
}
