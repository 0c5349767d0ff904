import CWire
import CodeBoxCore
import Glibc

// Nonsense, and too much of everything.
extension Play {
    /// The warden keeps no descriptor that comes with a request.
    func descriptors() -> String? {
        guard let link = link() else { return "the warden takes no connection" }
        let foreign = (0..<Int(CB_MAXIMUM_FDS)).map { _ in open("/dev/null", O_RDWR | O_CLOEXEC) }
        defer { foreign.forEach { close($0) } }
        // Linux 6.16 and later refuse them on the warden's behalf, earlier ones drop them.
        for _ in 0..<500 { link.send(request(CB_KILL, 99), fds: foreign) }
        return wardenServes()
    }

    /// A socket whose last close waits for a minute: the warden must not be the one to close it.
    func lingering() -> String? {
        guard let link = link(), let sockets = fullConnection() else { return nil }
        for _ in 0..<20 { link.send(request(CB_KILL, 99)) }
        if !link.send(request(CB_KILL, 99), fds: [sockets.sender]) {
            // Refused: the last close is this process's own, and must not wait either.
            var none = linger()
            let size = socklen_t(MemoryLayout<linger>.size)
            setsockopt(sockets.sender, SOL_SOCKET, SO_LINGER, &none, size)
        }
        // Where it was taken, only the message's copy is left now, with what could not be sent.
        close(sockets.sender)
        defer { close(sockets.receiver) }
        let begun = time(nil)
        guard let fault = wardenServes() else {
            return time(nil) - begun > 8 ? "the warden waited for a socket of the server's" : nil
        }
        return fault
    }

    /// A TCP connection that lingers, whose receiver reads nothing, with more sent than fits.
    private func fullConnection() -> (sender: CInt, receiver: CInt)? {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let listener = socket(AF_INET, kind, 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let sender = socket(AF_INET, kind, 0)
        let isConnected = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 1) == 0
                    && getsockname(listener, $0, &size) == 0 && connect(sender, $0, size) == 0
            }
        }
        let receiver = isConnected ? accept(listener, nil, nil) : -1
        guard receiver >= 0 else { return nil }
        var long = linger(l_onoff: 1, l_linger: 60)
        setsockopt(sender, SOL_SOCKET, SO_LINGER, &long, socklen_t(MemoryLayout<linger>.size))
        let bytes = [UInt8](repeating: 0, count: 1 << 16)
        while send(sender, bytes, bytes.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)) > 0 {}
        return (sender, receiver)
    }

    func malformed() -> String? {
        var random = SeededGenerator(seed: seed)
        let size = MemoryLayout<cb_request>.size
        for round in 0..<300 {
            guard let link = link() else { return "the warden takes no connection" }
            var bytes = [UInt8](repeating: 0, count: Int.random(in: 1...(2 * size), using: &random))
            for index in bytes.indices { bytes[index] = UInt8.random(in: 0...255, using: &random) }
            if round.isMultiple(of: 3) {
                // Right at the beginning, wrong behind it.
                let right = withUnsafeBytes(of: request(CB_CREATE, 1)) { Array($0) }
                for index in 0..<min(8, bytes.count) { bytes[index] = right[index] }
            }
            link.send(bytes)
            let isLikeOne = bytes.count == size && round.isMultiple(of: 3)
            if !isLikeOne, !link.isClosed() { return "\(bytes.count) random bytes are taken" }
        }
        for kind in [0, 6, 255, UInt32.max] {
            guard let link = link() else { return "the warden takes no connection" }
            var strange = request(CB_CREATE, 1)
            strange.kind = kind
            link.send(strange)
            guard link.isClosed() else { return "kind \(kind) is taken" }
        }
        return wardenServes()
    }

    /// Everything in any order, thousands of times, with limits and ids at random.
    func reordered() -> String? {
        var random = SeededGenerator(seed: seed &+ 1)
        let kinds = [CB_CREATE, CB_KILL, CB_TAKE, CB_DROP_ZYGOTE, CB_TAKE, CB_KILL]
        for _ in 0..<20 {
            guard let link = link() else { return "the warden takes no connection" }
            for _ in 0..<200 {
                let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
                var any = request(kind, UInt64.random(in: 0..<4, using: &random))
                any.flags = UInt32.random(in: 0..<8, using: &random)
                any.zygote = UInt64.random(in: 0..<3, using: &random)
                any.ask(
                    .memoryBytes, Double(UInt64.random(in: 0...UInt64.max, using: &random) >> 30))
                // A doubled id ends the connection, as it should.
                if !link.send(any) { break }
            }
        }
        return wardenServes()
    }

    /// A name of an image is 32 bytes: none leads anywhere else.
    func images() -> String? {
        guard let link = link() else { return "the warden takes no connection" }
        let digests: [[UInt8]] = [
            [], Array("../../../../../../../etc/shadow".utf8), [UInt8](repeating: 0xff, count: 32),
        ]
        for (index, digest) in digests.enumerated() {
            let id = UInt64(index + 1)
            link.send(cb_request(CB_CREATE, id, image: digest))
            guard link.await(CB_REPORT)?.verdict == CB_VERDICT_FAILED.rawValue else {
                return "there is an image of digest \(digest)"
            }
            var zygote = cb_request(CB_ZYGOTE, id, image: digest)
            zygote.zygote_kind = kind
            link.send(zygote)
            guard link.await(CB_ZYGOTE_DOWN) != nil else { return "a zygote of \(digest)" }
        }
        return nil
    }

    /// More zygotes than there may be, and more often: some are refused, none is left.
    func zygotes() -> String? {
        guard let link = link() else { return "the warden takes no connection" }
        var refused = 0
        for id in 1...200 as ClosedRange<UInt64> {
            var zygote = request(CB_ZYGOTE, id)
            zygote.zygote_kind = kind
            link.send(zygote)
            link.send(request(CB_DROP_ZYGOTE, id))
            while case .reply(let reply) = link.hear(within: 0) {
                if reply.kind == CB_ZYGOTE_DOWN.rawValue, reply.error == EAGAIN { refused += 1 }
            }
        }
        while case .reply(let reply) = link.hear(within: 1000) {
            if reply.kind == CB_ZYGOTE_DOWN.rawValue, reply.error == EAGAIN { refused += 1 }
        }
        return refused == 0 ? "200 zygotes were started" : nil
    }

    /// Sandboxes without end, on several connections; all are gone with them.
    func flood() -> String? {
        let links = (0..<4).compactMap { _ in link() }
        guard links.count == 4 else { return "the warden takes no connection" }
        var id: UInt64 = 0
        let end = time(nil) + 3
        while time(nil) < end {
            id += 1
            for link in links {
                link.send(request(CB_CREATE, id), waits: false)
                link.send(request(CB_KILL, id), waits: false)
                while case .reply = link.hear(within: 0) {}
                link.drop()
            }
        }
        links.forEach { $0.close() }
        return wardenServes()
    }

    /// Asks on and never reads an answer: it is disconnected in the end.
    func deaf() -> String? {
        guard let link = link() else { return "the warden takes no connection" }
        var id: UInt64 = 0
        for _ in 0..<200_000 {
            id += 1
            // An image that there is not: two answers each.
            if !link.send(cb_request(CB_CREATE, id)) { return wardenServes() }
        }
        return "200,000 requests were taken from a client that reads nothing"
    }

    func connections() -> String? {
        let links = (0..<100).compactMap { _ in link() }
        var served = 0
        for link in links {
            link.send(request(CB_KILL, 1))
            if !link.isClosed(within: 20) { served += 1 }
        }
        if served > 16 { return "\(served) connections are open" }
        links.forEach { $0.close() }
        return wardenServes()
    }

    /// Dies in the middle of everything, again and again.
    func reconnecting() -> String? {
        var random = SeededGenerator(seed: seed &+ 2)
        for _ in 0..<60 {
            guard let link = link() else { continue }
            for id in 1...4 as ClosedRange<UInt64> { link.send(request(CB_CREATE, id)) }
            usleep(UInt32.random(in: 0..<15_000, using: &random))
            link.close()
        }
        return wardenServes()
    }
}
