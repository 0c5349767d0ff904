import CWire
import CodeBoxCore
import CodeBoxSystem
import Glibc

/// All zygotes of the warden: starts them, hears of them, and puts them away.
final class ZygoteTable {
    /// Notes that are read from one zygote before others have their turn.
    private static let notesPerTurn = 8

    private let events: WardenEvents
    private let clients: WardenClients
    private let maker: SandboxMaker
    private let images: ImageLocks
    private let removals: CgroupRemovals
    private let strays: Strays
    private let records: StartRecords

    private var bound = WardenBounds.zygoteBound
    private var zygotes: [UInt64: WardenZygote] = [:]
    /// When a zygote must have started, by its number; none once it is up.
    private var deadlines: [UInt64: UInt64] = [:]
    private var lastNumber: UInt64 = 0

    init(
        _ options: WardenOptions, events: WardenEvents, clients: WardenClients,
        maker: SandboxMaker, images: ImageLocks, removals: CgroupRemovals, strays: Strays
    ) {
        self.events = events
        self.clients = clients
        self.maker = maker
        self.images = images
        self.removals = removals
        self.strays = strays
        records = StartRecords(
            directory: options.imagesDirectory, checksOwners: !options.hasSubordinateIDs)
    }

    subscript(number: UInt64?) -> WardenZygote? { number.flatMap { zygotes[$0] } }

    /// The client's zygote that a sandbox is forked from; nil where it asks for none.
    /// - Throws: if the zygote is not up.
    func usable(
        _ id: UInt64, _ connection: WardenConnection
    ) throws(SandboxMaker.Failure) -> WardenZygote? {
        guard id != 0 else { return nil }
        guard let zygote = self[connection.zygote(id)], zygote.isUp else {
            throw SandboxMaker.Failure(
                step: CB_STEP_ZYGOTE, code: ESRCH, detail: "the zygote is not there")
        }
        return zygote
    }

    var pids: [pid_t] { zygotes.values.map(\.pid) }

    // MARK: Clocks

    /// When ``checkClocks(_:)`` has something to do; nil while no zygote is starting.
    var nextNs: UInt64? { deadlines.values.min() }

    /// Ends the zygotes that take too long to start.
    func checkClocks(_ now: UInt64) {
        for (number, at) in deadlines where at <= now {
            deadlines[number] = nil
            drop(number)
        }
    }

    // MARK: Requests

    func start(_ request: cb_request, for connection: WardenConnection) {
        do throws(SandboxMaker.Failure) {
            try bound.admit(alive: zygotes.count, now: cb_now_ns())
            let image = request.imageName
            try images.take(image)
            lastNumber += 1
            let made: SandboxMaker.MadeZygote
            do throws(SandboxMaker.Failure) {
                made = try make(request, lastNumber, image)
            } catch {
                images.release(image)
                throw error
            }
            let zygote = WardenZygote(
                number: lastNumber, clientID: request.id, connection: connection.number,
                image: image, made: made)
            zygotes[zygote.number] = zygote
            connection.nameZygote(request.id, zygote.number)
            deadlines[zygote.number] = zygote.startDeadlineNs
            do throws(SystemError) {
                try zygote.watch(events)
            } catch {
                // Its pidfd may not be watched, so its end is waited for here.
                zygote.kill()
                reap(zygote, block: true)
            }
        } catch {
            var reply = cb_reply(CB_ZYGOTE_DOWN, request.id)
            reply.step = error.step.rawValue
            reply.error = error.code
            reply.setDetail(error.detail)
            clients.reply(reply, to: connection.number)
        }
    }

    /// How it is started is what the image's record says; the request names the image, and can't
    /// ask for another kind than the record's, or for variants that the record does not have.
    private func make(
        _ request: cb_request, _ number: UInt64, _ image: String
    ) throws(SandboxMaker.Failure) -> SandboxMaker.MadeZygote {
        var start = try records.record(of: image)
        guard start.kind == ZygoteStart.Kind(wire: request.zygote_kind) else {
            throw SandboxMaker.Failure(
                step: CB_STEP_RECORD, code: EINVAL,
                detail: "the record of image \(image) is for \(start.kind.rawValue)")
        }
        guard let environment = start.environment(variants: request.variants) else {
            throw SandboxMaker.Failure(
                step: CB_STEP_RECORD, code: EINVAL,
                detail: "the record of image \(image) has \(start.variants.count) variants")
        }
        start.environment = environment
        return try maker.makeZygote(
            number: number, image: image, preload: try maker.preload(for: start.kind),
            start: start, heapMiB: min(max(1, Int(request.heap_mib)), ZygoteStart.maximumHeapMiB))
    }

    func drop(_ number: UInt64?) {
        self[number]?.kill()
    }

    /// Ends a zygote that handed in something else than a process that it forked: no fork goes
    /// wrong like that.
    func distrust(_ number: UInt64?) {
        guard let zygote = self[number] else { return }
        zygote.distrust("the zygote handed in a descriptor that is not of a process it has forked")
        zygote.kill()
    }

    func dropAll() {
        for zygote in zygotes.values { zygote.kill() }
    }

    // MARK: What zygotes say

    func readNotes(_ zygote: WardenZygote) {
        for _ in 0..<Self.notesPerTurn {
            guard let note = zygote.nextNote(events) else { return }
            switch note.kind {
            case CB_NOTE_READY.rawValue where !zygote.isUp:
                zygote.comeUp()
                deadlines[zygote.number] = nil
                var reply = cb_reply(CB_ZYGOTE_UP, zygote.clientID)
                reply.status = note.status
                clients.reply(reply, to: zygote.connection)
            case CB_NOTE_FAILED.rawValue: zygote.noteFailure(note)
            default: break
            }
        }
    }

    /// Reaps a zygote if it has ended.
    /// - Parameter block: waits for its end.
    /// - Returns: whether it has ended.
    @discardableResult
    func reap(_ zygote: WardenZygote, block: Bool = false) -> Bool {
        guard let (code, status) = zygote.reap(block: block) else { return false }
        readNotes(zygote)
        clients.reply(zygote.down(code, status), to: zygote.connection)
        zygote.closeAll(events)
        deadlines[zygote.number] = nil
        zygotes[zygote.number] = nil
        clients.connection(zygote.connection)?.nameZygote(zygote.clientID, nil)
        // An interpreter may have started processes of its own.
        zygote.leaf.kill()
        removals.remove(zygote.leaf) {
            self.images.release(zygote.image)
            self.maker.releaseZygoteID(zygote.owner)
        }
        // A go-between of its may be under way.
        strays.expect()
        return true
    }
}
