import NIOCore

/// The address that connections are counted by: an IPv4 address, or the /64 network of an IPv6
/// address, because one machine usually has all addresses of its network.
struct ClientAddress: Hashable, Sendable, CustomStringConvertible {
    private var network: UInt64 = 0
    /// The IPv4 address; 0 for IPv6.
    private var host: UInt32 = 0
    private var isIPv6 = false

    /// - Parameter address: nil for a connection that has none, such as a test's.
    init(_ address: SocketAddress?) {
        guard let address else { return }
        // sockaddr_in has the address at offset 4, and sockaddr_in6 at offset 8.
        address.withSockAddr { pointer, count in
            let bytes = UnsafeRawBufferPointer(start: pointer, count: count)
            switch address {
            case .v4: host = Self.number(bytes[4..<8])
            case .v6: self = Self(bytes: UnsafeRawBufferPointer(rebasing: bytes[8..<24]))
            case .unixDomainSocket: break
            }
        }
    }

    private static func number(_ bytes: Slice<UnsafeRawBufferPointer>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    private init(bytes: UnsafeRawBufferPointer) {
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
        if isMapped {
            host = Self.number(bytes[12..<16])
        } else {
            isIPv6 = true
            network = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// `192.0.2.7`, or `2001:db8:0:1::/64`.
    var description: String {
        guard isIPv6 else {
            return (0..<4).map { String(host >> (24 - 8 * $0) & 0xff) }.joined(separator: ".")
        }
        let groups = (0..<4).map { String(network >> (48 - 16 * $0) & 0xffff, radix: 16) }
        return groups.joined(separator: ":") + "::/64"
    }
}
