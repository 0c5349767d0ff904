/// Where a client finds its warden.
enum WardenEndpoint: Sendable {
    /// A socket's path; the connection is made anew whenever it is lost.
    case path(String)
    /// A connected socket; once lost, it stays lost.
    case socket(CInt)
}
