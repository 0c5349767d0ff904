import CWire
import Glibc

/// What a taken-over server tries. Each scene returns what it gained, in words; nil for nothing.
struct Play: Sendable {
    let socketPath: String
    let dataDirectory: String
    /// Of an image with a zygote, and the zygote's kind.
    let image: [UInt8]
    let kind: UInt32
    let seed: UInt64

    typealias Scene = (name: String, act: @Sendable (Play) -> String?)

    static let scenes: [Scene] = [
        ("identity", { $0.identity() }), ("paths", { $0.paths() }),
        ("processes", { $0.processes() }), ("command", { $0.command() }),
        ("kind", { $0.kindMismatch() }), ("heap", { $0.heap() }),
        ("variants", { $0.variants() }), ("limits", { $0.limits() }),
        ("taken limits", { $0.takenLimits() }), ("foreign ids", { $0.foreignIDs() }),
        ("doubled ids", { $0.doubledIDs() }), ("descriptors", { $0.descriptors() }),
        ("lingering", { $0.lingering() }),
        ("malformed", { $0.malformed() }), ("reordered", { $0.reordered() }),
        ("images", { $0.images() }), ("zygotes", { $0.zygotes() }), ("flood", { $0.flood() }),
        ("deaf", { $0.deaf() }), ("connections", { $0.connections() }),
        ("reconnecting", { $0.reconnecting() }),
    ]

    func link() -> Link? { Link(socketPath) }

    func request(_ kind: cb_request_kind, _ id: UInt64) -> cb_request {
        cb_request(kind, id, image: image)
    }

    /// Whether the warden still serves: a connection of ours gets a sandbox made and put away.
    func wardenServes() -> String? {
        for _ in 0..<50 {
            guard let link = link() else {
                usleep(100_000)
                continue
            }
            link.send(request(CB_CREATE, 1))
            // Of too many connections it may not have let go yet.
            guard link.await(CB_READY) != nil else {
                usleep(100_000)
                continue
            }
            link.send(request(CB_KILL, 1))
            return link.await(CB_GONE) == nil ? "a sandbox that was killed stays" : nil
        }
        return "the warden takes no connection, or makes no sandbox, any more"
    }
}
