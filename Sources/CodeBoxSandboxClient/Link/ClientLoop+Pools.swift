import CWire
import CodeBoxCore
import Glibc
import Logging
import CodeBoxSystem
import CodeBoxSandbox

// What the pools ask for.
extension ClientLoop {
    /// Carries out what the pools want, once the runs of this turn have what they need.
    func settle(_ now: UInt64) {
        guard link >= 0, pools.isDue(now) else { return }
        for order in pools.plan(now: now) { carryOut(order) }
    }

    private func carryOut(_ order: PoolOrder) {
        switch order {
        case .make(let id, let key, let zygote):
            sandboxes[id] = ClientSandbox(id: id, limits: key.limits)
            send(
                cb_request(
                    make: id, image: Hex.bytes(key.image) ?? [], limits: key.limits,
                    zygote: zygote))
        case .kill(let id): send(cb_request(kill: id))
        case .startZygote(let id, let name):
            send(
                cb_request(
                    startZygote: id, image: Hex.bytes(name.image) ?? [], setting: name.setting))
        case .dropZygote(let id): send(cb_request(dropZygote: id))
        }
    }

    func zygoteIsDown(_ reply: cb_reply) {
        if pools.zygoteIsDown(reply.id, now: cb_now_ns()) {
            logger.warning(
                "a zygote is down; programs start their interpreters until it is up again",
                metadata: ["why": "\(reply.reason)"])
        }
    }
}
