import CWire
import CodeBoxCore
import Glibc

/// Reads images' start records: how each image's zygote is started, as its build wrote it down.
///
/// The server only names an image; it can't say what is executed.
struct StartRecords {
    private let directory: String
    private let checksOwners: Bool

    /// - Parameter checksOwners: whether a record that another user than root could change is
    ///   refused.
    init(directory: String, checksOwners: Bool) {
        self.directory = directory
        self.checksOwners = checksOwners
    }

    /// - Throws: a failure that names the image and the fault.
    func record(of image: String) throws(SandboxMaker.Failure) -> ZygoteStart {
        let path = "\(directory)/\(image)/\(ZygoteStart.fileName)"
        let fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard fd >= 0 else {
            throw failure(errno, "\(path) can't be read; build the image again")
        }
        defer { close(fd) }
        var found = stat()
        guard fstat(fd, &found) == 0 else { throw failure(errno, path) }
        guard found.st_mode & S_IFMT == S_IFREG else { throw failure(EINVAL, "\(path) is no file") }
        if checksOwners { try SandboxMaker.Failure.check(fd, path, step: CB_STEP_RECORD) }
        guard found.st_size <= ZygoteStart.maximumBytes else {
            throw failure(EFBIG, "\(path) has more than \(ZygoteStart.maximumBytes) bytes")
        }
        var bytes = [UInt8](repeating: 0, count: ZygoteStart.maximumBytes + 1)
        let count = read(fd, &bytes, bytes.count)
        guard count >= 0 else { throw failure(errno, path) }
        do throws(CodeBoxError) {
            return try ZygoteStart(parsing: Array(bytes[..<count]), file: path)
        } catch {
            throw failure(EBADMSG, error.message)
        }
    }

    private func failure(_ code: CInt, _ detail: String) -> SandboxMaker.Failure {
        SandboxMaker.Failure(step: CB_STEP_RECORD, code: code, detail: detail)
    }
}
