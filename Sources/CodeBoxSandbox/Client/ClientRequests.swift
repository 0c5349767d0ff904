import CSandbox
import CodeBoxCore

// What a client asks for beside sandboxes of its own.
extension cb_request {
    /// A sandbox for a pool.
    init(make id: UInt64, image: [UInt8], limits: Limits, zygote: UInt64) {
        self.init(create: id, image: image, limits: limits)
        self.zygote = zygote
        flags = CB_FLAG_WAITS.rawValue
    }

    /// A waiting sandbox for a job.
    /// - Parameter isAnswered: its limits are not those it was made with; the program may be sent
    ///   when the answer says that they are in force.
    init(take id: UInt64, limits: Limits, isAnswered: Bool) {
        self.init(create: id, image: [], limits: limits)
        kind = CB_TAKE.rawValue
        flags = isAnswered ? CB_FLAG_ANSWER.rawValue : 0
    }

    init(dropZygote id: UInt64) {
        self.init()
        magic = CB_MAGIC
        kind = CB_DROP_ZYGOTE.rawValue
        self.id = id
    }
}

extension Limits {
    /// Whether a sandbox that was made with these needs others put into force for a job. Its times
    /// are only looked at, outputs are the client's own matter, and the rest has pools of its own.
    func needsChange(for job: Limits) -> Bool {
        memoryBytes != job.memoryBytes || cpus != job.cpus || processes != job.processes
    }
}
