/// One of a program's two output streams.
package enum OutputStream: Sendable, Hashable {
    case stdout
    case stderr
}
