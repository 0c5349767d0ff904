import Glibc

/// One instruction of classic BPF as seccomp runs it (`struct sock_filter`, linux/filter.h).
struct BPFInstruction: Hashable {
    var code: UInt16
    /// Instructions to skip where a comparison holds, and where not.
    var ifTrue: UInt8 = 0
    var ifFalse: UInt8 = 0
    var operand: UInt32 = 0

    static let load: UInt16 = 0x20  // a word of struct seccomp_data, by offset
    static let and: UInt16 = 0x54
    static let jump: UInt16 = 0x05
    static let jumpEqual: UInt16 = 0x15
    static let jumpGreater: UInt16 = 0x25
    static let jumpAtLeast: UInt16 = 0x35
    static let jumpAnyBit: UInt16 = 0x45
    static let answer: UInt16 = 0x06

    /// Offsets in `struct seccomp_data`; arguments begin at 16.
    static let callNumber: UInt32 = 0
    static let architecture: UInt32 = 4
    static let arguments: UInt32 = 16

    static let bytes = 8

    static func list(_ program: [UInt8]) -> [BPFInstruction] {
        stride(from: 0, to: program.count - bytes + 1, by: bytes).map { at in
            program.withUnsafeBytes { raw in
                BPFInstruction(
                    code: raw.loadUnaligned(fromByteOffset: at, as: UInt16.self),
                    ifTrue: raw[at + 2], ifFalse: raw[at + 3],
                    operand: raw.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self))
            }
        }
    }

    static func bytes(of program: [BPFInstruction]) -> [UInt8] {
        program.flatMap { instruction in
            withUnsafeBytes(of: instruction.code, Array.init)
                + [instruction.ifTrue, instruction.ifFalse]
                + withUnsafeBytes(of: instruction.operand, Array.init)
        }
    }

    /// Whether a comparison of this kind holds; nil if it is none.
    func holds(for value: UInt32) -> Bool? {
        switch code {
        case Self.jumpEqual: value == operand
        case Self.jumpGreater: value > operand
        case Self.jumpAtLeast: value >= operand
        case Self.jumpAnyBit: value & operand != 0
        default: nil
        }
    }
}
