package import CodeBoxCore
import CLinux
import Glibc

extension TrustedPath {
    /// Reads a whole file, which is opened once.
    ///
    /// Pipes, devices and folders are refused without waiting for them.
    /// - Parameters:
    ///   - isSecret: whether a file that everyone may read is refused.
    ///   - limit: the most bytes that are read.
    ///   - others: who else may own the file, though not the folders above it.
    /// - Throws: `configurationInvalid`; the message never repeats what is in the file.
    package func read(
        _ path: String, isSecret: Bool = false, limit: Int,
        ownedAlsoBy others: Set<UInt32> = []
    ) throws(CodeBoxError) -> [UInt8] {
        guard let place = try find(path, ownedAlsoBy: others) else {
            throw failed("read", path, ENOENT)
        }
        guard place.status.mode & S_IFMT == S_IFREG else {
            throw CodeBoxError(
                .configurationInvalid, "\(place.path) is not a plain file; \(alternative)")
        }
        // Any user may put a second name for another's file into a folder such as /tmp.
        guard !isChecking || place.status.links == 1 else {
            throw CodeBoxError(
                .configurationInvalid,
                "\(place.path) has more than one name; copy it to a file of its own")
        }
        guard !isSecret || place.status.mode & 0o007 == 0 else {
            throw CodeBoxError(
                .configurationInvalid,
                "\(place.path) can be read by everyone; run: chmod 600 \(place.path)")
        }
        let file = Descriptor(
            openat(
                place.folder.number, place.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
        guard file.number >= 0 else { throw failed("read", place.path, errno) }
        var opened = cb_file_status()
        guard cb_describe(file.number, &opened) == 0, opened.inode == place.status.inode,
            opened.device == place.status.device
        else { throw failed("read", place.path, ESTALE) }
        return try read(file, place.path, limit: limit)
    }

    private func read(
        _ file: borrowing Descriptor, _ path: String, limit: Int
    ) throws(CodeBoxError) -> [UInt8] {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file.number, &buffer, buffer.count)
            if count == 0 { return content }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failed("read", path, errno) }
            content.append(contentsOf: buffer[..<count])
            guard content.count <= limit else { throw failed("read", path, EFBIG) }
        }
    }
}
