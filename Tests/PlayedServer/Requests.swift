import CWire
import CodeBoxCore

extension cb_request {
    /// A request of a kind, with the image and harmless limits.
    init(_ kind: cb_request_kind, _ id: UInt64, image digest: [UInt8] = []) {
        self.init()
        magic = CB_MAGIC
        self.kind = kind.rawValue
        self.id = id
        withUnsafeMutableBytes(of: &image) { $0.copyBytes(from: digest.prefix($0.count)) }
        for field in LimitField.enforcedByWarden { ask(field, field.row.standard) }
        ask(.memoryBytes, 0x1p26)
        ask(.processes, 16)
        ask(.workspaceBytes, 0x1p20)
        ask(.openFiles, 64)
    }

    /// - Parameter value: in the limit's unit.
    mutating func ask(_ field: LimitField, _ value: Double) {
        withUnsafeMutableBytes(of: &limits) {
            $0.bindMemory(to: UInt64.self)[field.index] = UInt64(value * field.row.wireScale)
        }
    }
}

extension cb_reply {
    var text: String {
        withUnsafeBytes(of: detail) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// The bytes of a digest in hex; nil if it is none.
func digestBytes(_ hex: String) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
        let pair = String(decoding: digits[index...(index + 1)], as: UTF8.self)
        guard let byte = UInt8(pair, radix: 16) else { return nil }
        bytes.append(byte)
    }
    return bytes
}

/// The same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    // SplitMix64, by Sebastiano Vigna.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
