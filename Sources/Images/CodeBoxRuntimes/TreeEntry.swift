/// One entry of a directory tree.
struct TreeEntry {
    enum Kind {
        case directory
        case file
        case link
        /// A device, socket or pipe.
        case other
    }

    /// Absolute, or as the walk's root was given.
    var path: String
    /// From the walk's root, without a leading slash.
    var relative: String
    var kind: Kind
    /// Permission bits with setuid, setgid and sticky.
    var mode: UInt32
    /// Bytes; of a file.
    var size: Int
}
