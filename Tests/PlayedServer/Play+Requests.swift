import CWire
import CodeBoxCore
import Glibc

// What a taken-over server tries to have the warden do.
extension Play {
    /// A command and an environment behind the request, as older wardens took them: the warden must
    /// hang up, and whatever the strings say must not be executed.
    func command() -> String? {
        let script = "echo '|/bin/true' > /proc/sys/kernel/core_pattern; : > /tmp/codebox-played"
        var strings: [UInt8] = []
        for string in ["/bin/sh", "-c", script, "PATH=/usr/bin:/bin"] {
            strings += string.utf8 + [0]
        }
        var zygote = request(CB_ZYGOTE, 1)
        zygote.zygote_kind = kind
        for tail in [strings, [0], [UInt8](repeating: 65, count: 16_384)] {
            guard let link = link() else { return "the warden takes no connection" }
            link.send(withUnsafeBytes(of: zygote) { Array($0) } + tail)
            guard link.isClosed() else {
                return "a request with \(tail.count) bytes behind it is taken"
            }
        }
        return nil
    }

    /// A zygote is of the kind that the image's record names, and there is one for no other image.
    func kindMismatch() -> String? {
        for wrong in [kind == 1 ? 2 : 1, 0, 3, UInt32.max] {
            guard let link = link() else { return "the warden takes no connection" }
            var zygote = request(CB_ZYGOTE, 7)
            zygote.zygote_kind = wrong
            link.send(zygote)
            guard let down = link.await(CB_ZYGOTE_DOWN) else { return "kind \(wrong) is taken" }
            guard down.text.contains("image") else { return "kind \(wrong): '\(down.text)'" }
        }
        return nil
    }

    /// A zygote gets only variables that the image's record has.
    func variants() -> String? {
        for wrong in [1 << 8, 1 << 31, UInt32.max] {
            guard let link = link() else { return "the warden takes no connection" }
            var zygote = request(CB_ZYGOTE, 9)
            zygote.zygote_kind = kind
            zygote.variants = wrong
            link.send(zygote)
            guard let down = link.await(CB_ZYGOTE_DOWN) else {
                return "variants \(wrong) are taken"
            }
            guard down.text.contains("variants") else { return "variants: '\(down.text)'" }
        }
        return wardenServes()
    }

    /// The other number of a zygote request goes into a command line: as a number within bounds.
    func heap() -> String? {
        for size in [0, 1, UInt32.max] {
            guard let link = link() else { return "the warden takes no connection" }
            var zygote = request(CB_ZYGOTE, 8)
            zygote.zygote_kind = kind
            zygote.heap_mib = size
            link.send(zygote)
            guard case .reply(let reply) = link.hear(within: 20_000) else {
                return "no answer to a heap of \(size) MiB"
            }
            let isOrderly =
                reply.kind == CB_ZYGOTE_UP.rawValue || reply.kind == CB_ZYGOTE_DOWN.rawValue
            guard isOrderly else { return "heap \(size): reply \(reply.kind)" }
        }
        return wardenServes()
    }

    private var excesses: [(String, (inout cb_request) -> Void)] {
        LimitField.enforcedByWarden.map { field in
            (field.rawValue, { $0.ask(field, field.row.greatestCeiling * 2) })
        }
    }

    func limits() -> String? {
        for (name, exceed) in excesses {
            guard let link = link() else { return "the warden takes no connection" }
            var create = request(CB_CREATE, 1)
            exceed(&create)
            link.send(create)
            guard let report = link.await(CB_REPORT) else {
                return "\(name) above its ceiling is taken"
            }
            guard report.verdict == CB_VERDICT_FAILED.rawValue,
                report.step == CB_STEP_LIMITS.rawValue, report.text.contains(name)
            else {
                return "\(name): verdict \(report.verdict), step \(report.step) '\(report.text)'"
            }
        }
        return nil
    }

    /// A waiting sandbox can't be taken with more than it could have been made with.
    func takenLimits() -> String? {
        for (index, (name, exceed)) in excesses.enumerated() {
            guard let link = link() else { return "the warden takes no connection" }
            var create = request(CB_CREATE, 1)
            create.flags = CB_FLAG_WAITS.rawValue
            link.send(create)
            guard link.await(CB_READY) != nil else { return "no sandbox" }
            var take = request(CB_TAKE, 1)
            take.flags = index.isMultiple(of: 2) ? CB_FLAG_ANSWER.rawValue : 0
            exceed(&take)
            link.send(take)
            guard let report = link.await(CB_REPORT) else {
                return "\(name) above its ceiling is taken"
            }
            guard report.step == CB_STEP_LIMITS.rawValue else {
                return "\(name): step \(report.step)"
            }
        }
        return nil
    }

    /// Ids of other connections mean nothing on this one.
    func foreignIDs() -> String? {
        guard let other = link(), let link = link() else { return "the warden takes no connection" }
        var create = request(CB_CREATE, 5)
        create.flags = CB_FLAG_WAITS.rawValue
        other.send(create)
        guard other.await(CB_READY) != nil else { return "no sandbox" }
        for id in 0..<2000 as Range<UInt64> {
            for kind in [CB_KILL, CB_TAKE, CB_DROP_ZYGOTE] { link.send(request(kind, id)) }
        }
        create = request(CB_CREATE, 9)
        create.zygote = 5
        link.send(create)
        guard link.await(CB_REPORT)?.step == CB_STEP_ZYGOTE.rawValue else {
            return "a zygote of another connection is used"
        }
        if case .reply(let reply) = other.hear(within: 300) {
            return "a sandbox of another connection was reached: reply \(reply.kind)"
        }
        return nil
    }

    func doubledIDs() -> String? {
        for kind in [CB_CREATE, CB_ZYGOTE] {
            guard let link = link() else { return "the warden takes no connection" }
            var twice = request(kind, 3)
            twice.zygote_kind = self.kind
            link.send(twice)
            link.send(twice)
            guard link.isClosed(within: 20_000) else { return "two of one id are taken" }
        }
        return wardenServes()
    }
}
