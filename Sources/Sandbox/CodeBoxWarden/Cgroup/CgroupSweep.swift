import Glibc

/// Removes the folders that dead wardens left behind, in all hierarchies together.
struct CgroupSweep {
    /// Where folders are made, one directory for each hierarchy.
    let bases: [String]
    /// The owner whose folder is left alone.
    let own: CgroupOwner

    /// Looks at every folder once. Folders of other names are left alone.
    /// - Parameter tries: how often to try to remove what is found, one in every millisecond.
    /// - Returns: whether another pass is due later: a folder is locked although no process of its
    ///   owner's name is in sight, or processes in it have not ended yet.
    func pass(tries: Int = CgroupFolder.patience) -> Bool {
        var (abandoned, isHeld): ([String], Bool) = ([], false)
        for base in bases {
            for name in CgroupFolder.subdirectories(of: base) {
                guard let owner = CgroupOwner(folderName: name), owner != own, !owner.isAlive
                else { continue }
                let path = base + "/" + name
                // The owner lives in another pid namespace, or it was killed a moment ago and a
                // child of its shares its descriptors still.
                if CgroupFolder.isLocked(path) { isHeld = true } else { abandoned.append(path) }
            }
        }
        let isClean = CgroupFolder.destroy(abandoned, tries: tries)
        return isHeld || !isClean
    }

    /// Looks every millisecond until nothing is left, half a second at most; for the process's end.
    /// - Returns: whether something is still left.
    func finish() -> Bool {
        for _ in 0..<500 {
            guard pass(tries: 1) else { return false }
            usleep(1000)
        }
        return true
    }
}
