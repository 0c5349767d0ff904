import Configuration
import Synchronization

/// Records which provider each key's value came from.
final class OriginRecorder: AccessReporter {
    private let names = Mutex<[AbsoluteConfigKey: String]>([:])

    func report(_ event: AccessEvent) {
        for entry in event.providerResults {
            guard case .success(let lookup) = entry.result, lookup.value != nil else { continue }
            names.withLock { $0[event.metadata.key] = entry.providerName }
            return
        }
    }

    /// Name of the provider that had the key; nil if none had.
    func provider(of key: AbsoluteConfigKey) -> String? {
        names.withLock { $0[key] }
    }
}
