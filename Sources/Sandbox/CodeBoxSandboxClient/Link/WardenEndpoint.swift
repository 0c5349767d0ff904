/// Where a client finds its warden.
enum WardenEndpoint: Sendable {
    /// A socket's path. The client reconnects whenever the connection is lost.
    case path(String)
    /// A connected socket. Once lost, it stays lost.
    case socket(CInt)
}
