import Glibc

/// A TCP connection to the API that a test holds open for as long as it likes.
final class HeldConnection {
    struct Failed: Error {
        var what: String
        var errno: CInt
    }

    /// What came of waiting for the server.
    enum Heard: Equatable {
        case text(String)
        /// The server has closed the connection.
        case end
        case nothing
    }

    private let socket: CInt

    /// - Parameter host: the last number of the client's address, 127.0.0.x.
    init(port: Int, from host: UInt32 = 1) throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failed(what: "socket", errno: errno) }
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = Self.withAddress(host: host, port: 0) { bind(socket, $0, size) }
        guard bound == 0 else { throw Failed(what: "bind", errno: errno) }
        let status = Self.withAddress(host: 1, port: port) { connect(socket, $0, size) }
        guard status == 0 else { throw Failed(what: "connect", errno: errno) }
    }

    private static func withAddress(
        host: UInt32, port: Int, _ body: (UnsafePointer<sockaddr>) -> CInt
    ) -> CInt {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0000 + host).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0) }
        }
    }

    deinit { close(socket) }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Glibc.send(socket, bytes, bytes.count, CInt(MSG_NOSIGNAL)) == bytes.count
        else { throw Failed(what: "send", errno: errno) }
    }

    /// Waits until the server sends something or closes, and at most so long.
    func hear(within milliseconds: Int) -> Heard {
        var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, CInt(milliseconds)) == 1 else { return .nothing }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &buffer, buffer.count, 0)
        return count > 0 ? .text(String(decoding: buffer[..<count], as: UTF8.self)) : .end
    }
}
