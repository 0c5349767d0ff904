import CWire
import CodeBoxCore
import CodeBoxSandbox

// The requests of CWire.h in Swift's terms.
extension cb_request {
    /// A sandbox for one job.
    init(create id: UInt64, image: [UInt8], limits: Limits) {
        self.init()
        magic = CB_MAGIC
        kind = CB_CREATE.rawValue
        self.id = id
        withUnsafeMutableBytes(of: &self.image) { $0.copyBytes(from: image.prefix(32)) }
        set(limits)
    }

    init(kill id: UInt64) {
        self.init()
        magic = CB_MAGIC
        kind = CB_KILL.rawValue
        self.id = id
    }

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

    /// A zygote of the image's interpreter.
    init(startZygote id: UInt64, image: [UInt8], setting: ZygoteSetting) {
        self.init()
        magic = CB_MAGIC
        kind = CB_ZYGOTE.rawValue
        self.id = id
        zygote_kind = Self.wireKind(setting.kind).rawValue
        heap_mib = UInt32(clamping: setting.heapMiB ?? 0)
        variants = setting.variants | setting.warmUps
        withUnsafeMutableBytes(of: &self.image) { $0.copyBytes(from: image.prefix(32)) }
    }

    init(dropZygote id: UInt64) {
        self.init()
        magic = CB_MAGIC
        kind = CB_DROP_ZYGOTE.rawValue
        self.id = id
    }

    private mutating func set(_ values: Limits) {
        withUnsafeMutableBytes(of: &limits) { bytes in
            let numbers = bytes.bindMemory(to: UInt64.self)
            for field in LimitField.enforcedByWarden {
                numbers[field.index] = UInt64(values[field] * field.row.wireScale)
            }
        }
    }

    private static func wireKind(_ kind: ZygoteStart.Kind) -> cb_zygote_kind {
        switch kind {
        case .python: CB_ZYGOTE_PYTHON
        case .node: CB_ZYGOTE_NODE
        }
    }
}

extension Limits {
    /// Whether a sandbox that was made with these limits must get others for a job.
    func needsChange(for job: Limits) -> Bool {
        !agree(with: job, in: LimitField.enforcedByCgroup)
    }
}
