/// Growing pauses between tries that fail.
struct Backoff: Hashable, Sendable {
    let firstNs: UInt64
    let lastNs: UInt64
    private(set) var failures = 0
    /// Not before; 0 while all is well.
    private(set) var retryAtNs: UInt64 = 0

    init(firstNs: UInt64, lastNs: UInt64) {
        self.firstNs = firstNs
        self.lastNs = lastNs
    }

    mutating func fail(_ now: UInt64) {
        failures += 1
        retryAtNs = now + min(lastNs, firstNs << UInt64(min(failures - 1, 30)))
    }

    mutating func reset() {
        failures = 0
        retryAtNs = 0
    }
}
