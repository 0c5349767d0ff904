import Glibc

/// Returns the first 4 KiB of a file of /proc or /sys; nil if the file can't be read.
package func readSmallFile(_ path: String) -> [UInt8]? {
    let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC))
    guard file.number >= 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(file.number, &buffer, buffer.count)
    return count < 0 ? nil : Array(buffer[0..<count])
}
