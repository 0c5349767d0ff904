/// The sandboxes whose programs were sent a moment ago.
///
/// Outputs that fit into their pipes need not be read while a short program runs. Once a program
/// has run for a while, its outputs are watched.
struct OutputWatch {
    private static let delayNs: UInt64 = 1_000_000

    /// In the order in which they were fed.
    private var young: [ClientSandbox] = []

    /// A sandbox got its program.
    mutating func add(_ sandbox: ClientSandbox) {
        young.append(sandbox)
    }

    /// A sandbox has ended. It may stay listed until its time comes.
    mutating func remove(_ sandbox: ClientSandbox) {
        if young.first === sandbox { young.removeFirst() }
    }

    mutating func removeAll() {
        young = []
    }

    /// When the outputs of the next sandbox must be watched.
    var nextNs: UInt64? {
        young.first.map { $0.fedNs + Self.delayNs }
    }

    /// The next sandbox whose outputs must be watched from now on.
    mutating func next(_ now: UInt64) -> ClientSandbox? {
        while let first = young.first, first.isOver || first.fedNs + Self.delayNs <= now {
            young.removeFirst()
            if !first.isOver { return first }
        }
        return nil
    }
}
