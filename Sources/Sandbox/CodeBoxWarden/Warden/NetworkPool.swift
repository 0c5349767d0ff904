import CLinux
import Glibc

/// Network namespaces in which no program has opened a socket. A later sandbox gets one of them,
/// and the kernel need not make and remove another.
///
/// One sandbox at a time is in a namespace of the pool. The namespace belongs to a user namespace
/// of its own, in which no process is, so no process of a sandbox has rights there. The uid of a
/// zygote owns that user namespace, since the zygote's go-between enters the network namespace. So
/// only sandboxes of one zygote get it.
///
/// To make one takes the warden about as long as everything else that it does for a job. While the
/// pool is empty, PID 1 of a sandbox makes one for itself, at the same time as the zygote forks,
/// and it goes with the sandbox. If no program has opened a socket in that one either, the pool
/// earns one: so a load that opens sockets in every job costs the warden nothing.
struct NetworkPool {
    /// The most that wait for a sandbox, for all zygotes together. Each holds some 100 kB of the
    /// kernel's memory and a descriptor of the warden's.
    static let most = 64

    private struct Shelf {
        var waiting: [CInt] = []
        /// How many the warden may make.
        var earned = 0
    }

    /// The warden's own network namespace; -1 where it has no right to return there, and then the
    /// pool stays empty.
    let home: CInt
    private var shelves: [UInt32: Shelf] = [:]
    private var waiting = 0
    private let make: (UInt32) -> CInt

    /// - Parameters:
    ///   - home: a descriptor of the warden's network namespace; negative: there is no pool.
    ///   - make: makes a namespace that a uid may enter; negative on failure.
    init(home: CInt, make: @escaping (UInt32) -> CInt = { cb_make_network($0) }) {
        self.home = home
        self.make = make
    }

    var isInUse: Bool { home >= 0 }

    /// A namespace for a sandbox of the zygote with this uid, which the caller then owns; nil: PID
    /// 1 makes its own.
    mutating func take(for owner: UInt32) -> CInt? {
        guard isInUse, var shelf = shelves[owner] else { return nil }
        defer { shelves[owner] = shelf }
        if let network = shelf.waiting.popLast() {
            waiting -= 1
            return network
        }
        guard shelf.earned > 0 else { return nil }
        shelf.earned -= 1
        let network = make(owner)
        // A kernel that refuses one now is not asked again for each that was earned.
        if network < 0 { shelf.earned = 0 }
        return network < 0 ? nil : network
    }

    /// A sandbox in which no program has opened a socket is wholly gone.
    /// - Parameter network: the namespace that ``take(for:)`` gave to it, which the pool now owns;
    ///   nil if PID 1 made its own.
    mutating func put(back network: CInt?, of owner: UInt32) {
        guard let network else {
            guard isInUse else { return }
            let earned = shelves[owner]?.earned ?? 0
            shelves[owner, default: Shelf()].earned = min(earned + 1, Self.most)
            return
        }
        guard waiting < Self.most else {
            close(network)
            return
        }
        waiting += 1
        shelves[owner, default: Shelf()].waiting.append(network)
    }

    /// No sandbox and no zygote has this uid any more; another zygote may get it.
    mutating func forget(_ owner: UInt32) {
        guard let shelf = shelves.removeValue(forKey: owner) else { return }
        waiting -= shelf.waiting.count
        shelf.waiting.forEach { close($0) }
    }
}
