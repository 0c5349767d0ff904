import Glibc

/// The state of the tags directory. It changes with every tag that is set, moved or removed,
/// because each of these is a rename or an unlink inside the directory.
struct CatalogStamp: Equatable {
    private let inode: UInt64
    private let seconds: Int
    private let nanoseconds: Int
    /// False while another change could get the same time stamp: file systems stamp with the
    /// kernel's tick, which is up to 10 ms coarse.
    let isSettled: Bool

    init(directory: String) {
        var status = stat()
        let isThere = stat(directory, &status) == 0
        inode = isThere ? UInt64(status.st_ino) : 0
        seconds = isThere ? status.st_mtim.tv_sec : 0
        nanoseconds = isThere ? status.st_mtim.tv_nsec : 0
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let age = (now.tv_sec - seconds) * 1_000 + (now.tv_nsec - nanoseconds) / 1_000_000
        isSettled = age > 20
    }

    static func == (left: CatalogStamp, right: CatalogStamp) -> Bool {
        left.inode == right.inode && left.seconds == right.seconds
            && left.nanoseconds == right.nanoseconds
    }
}
