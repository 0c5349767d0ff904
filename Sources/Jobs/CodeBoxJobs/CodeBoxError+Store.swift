package import CodeBoxCore

/// The errors that every store throws, worded in one place.
extension CodeBoxError {
    package static func noSuchJob(_ id: JobID) -> CodeBoxError {
        CodeBoxError(
            .jobNotFound, "there is no job \(id); it may have been deleted after its retention")
    }

    package static func queueIsFull(maximum: Int) -> CodeBoxError {
        CodeBoxError(
            .queueFull, "\(maximum) jobs are queued, which is the maximum; try again later")
    }

    package static func jobExists(_ id: JobID) -> CodeBoxError {
        CodeBoxError(.storeFailed, "job \(id) is in the store already")
    }
}
