import Glibc

/// The server's word to its supervisor that it listens.
enum Readiness {
    static func tell(_ port: Int, on descriptor: CInt) {
        Console.write(Array("\(port)\n".utf8), to: descriptor)
        close(descriptor)
    }
}
