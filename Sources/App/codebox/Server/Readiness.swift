import Glibc

/// Tells the supervisor that the server listens.
enum Readiness {
    static func tell(_ port: Int, on descriptor: CInt) {
        Console.write(Array("\(port)\n".utf8), to: descriptor)
        close(descriptor)
    }
}
