import Foundation

/// The load properties of a 64-bit little-endian ELF file (elf(5)).
struct ELFFile {
    struct Broken: Error, CustomStringConvertible {
        var description: String
    }

    private struct Segment {
        var type: UInt32
        var flags: UInt32
        var offset: Int
        var address: UInt64
        var size: Int
    }

    /// `ET_DYN`: executables that are position-independent, and shared objects.
    let isPositionIndependent: Bool
    private let bytes: [UInt8]
    private let segments: [Segment]
    private let dynamic: [(tag: UInt64, value: UInt64)]

    private enum SegmentType {
        static let load: UInt32 = 1
        static let dynamic: UInt32 = 2
        static let interpreter: UInt32 = 3
        static let stack: UInt32 = 0x6474_e551
        static let readOnlyAfterStart: UInt32 = 0x6474_e552
    }

    private enum Tag {
        static let strings: UInt64 = 5
        static let stringsSize: UInt64 = 10
        static let bindNow: UInt64 = 24
        static let flags: UInt64 = 30
        static let flags1: UInt64 = 0x6fff_fffb
    }

    init(path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        guard bytes.count > 64, bytes[0..<6] == [0x7f, 0x45, 0x4c, 0x46, 2, 1] else {
            throw Broken(description: "\(path) is no 64-bit ELF file")
        }
        self.bytes = bytes
        isPositionIndependent = Self.number(bytes, 16, 2) == 3
        let (start, size) = (Int(Self.number(bytes, 32, 8)), Int(Self.number(bytes, 54, 2)))
        segments = (0..<Int(Self.number(bytes, 56, 2))).map { index in
            let at = start + index * size
            return Segment(
                type: UInt32(Self.number(bytes, at, 4)),
                flags: UInt32(Self.number(bytes, at + 4, 4)),
                offset: Int(Self.number(bytes, at + 8, 8)),
                address: Self.number(bytes, at + 16, 8),
                size: Int(Self.number(bytes, at + 32, 8)))
        }
        let table = segments.first { $0.type == SegmentType.dynamic }
        dynamic = (0..<(table?.size ?? 0) / 16).map { index in
            let at = (table?.offset ?? 0) + index * 16
            return (Self.number(bytes, at, 8), Self.number(bytes, at + 8, 8))
        }
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> UInt64 {
        bytes[at..<at + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func value(_ tag: UInt64) -> UInt64? {
        dynamic.first { $0.tag == tag }?.value
    }

    /// Whether it names an interpreter, i.e. is loaded with shared libraries.
    var isDynamic: Bool { segments.contains { $0.type == SegmentType.interpreter } }

    /// `DF_1_PIE`: an executable, not a shared object that is used as one.
    var isMarkedAsExecutable: Bool { (value(Tag.flags1) ?? 0) & 0x0800_0000 != 0 }

    /// Relocated addresses become read-only at the start, and all of them are filled by then.
    var hasFullRELRO: Bool {
        let isReadOnly = segments.contains { $0.type == SegmentType.readOnlyAfterStart }
        let isBound =
            (value(Tag.flags) ?? 0) & 8 != 0 || (value(Tag.flags1) ?? 0) & 1 != 0
            || value(Tag.bindNow) != nil
        return isReadOnly && isBound
    }

    /// Whether the stack, or anything that can be written to, may be executed.
    var hasWritableCode: Bool {
        let isStackMarked = segments.contains { $0.type == SegmentType.stack && $0.flags & 1 == 0 }
        return !isStackMarked
            || segments.contains { $0.type == SegmentType.load && $0.flags & 3 == 3 }
    }

    /// Whether a name stands in the table of dynamic symbols' names.
    func names(_ symbol: String) -> Bool {
        guard let address = value(Tag.strings), let size = value(Tag.stringsSize),
            let segment = segments.first(where: {
                $0.type == SegmentType.load && $0.address <= address
                    && address < $0.address + UInt64($0.size)
            })
        else { return false }
        let start = segment.offset + Int(address - segment.address)
        return bytes[start..<start + Int(size)].split(separator: 0)
            .contains { $0.elementsEqual(symbol.utf8) }
    }
}
