import CodeBoxCore
import CodeBoxSandbox
import Synchronization

/// What jobs that ask for nothing special get, by image: images never change, so it is worked out
/// once.
final class StandardPools: Sendable {
    struct Entry: Sendable {
        /// The limits of a job that names none.
        var limits: Limits
        var pool: WarmPoolKey
        /// The interpreter's command differs with the memory limit.
        var followsMemory: Bool
    }

    /// More than any machine has in use; old images' entries go with the rest.
    private static let most = 256

    private let entries = Mutex<[String: Entry]>([:])

    func entry(_ image: String, make: () -> Entry) -> Entry {
        if let entry = entries.withLock({ $0[image] }) { return entry }
        let entry = make()
        entries.withLock { entries in
            if entries.count >= Self.most { entries = [:] }
            entries[image] = entry
        }
        return entry
    }
}
