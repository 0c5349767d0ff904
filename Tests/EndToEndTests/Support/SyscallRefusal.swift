import Foundation

/// A seccomp filter that refuses some system calls with one errno: a kernel that lacks them, or a
/// container that forbids them.
struct SyscallRefusal {
    /// By the name of the call: its number on x86-64 and on arm64.
    private static let numbers: [String: (UInt32, UInt32)] = [
        "mount": (165, 40), "sethostname": (170, 161), "unshare": (272, 97), "seccomp": (317, 277),
        "fsopen": (430, 430),
        "pidfd_open": (434, 434), "clone3": (435, 435), "close_range": (436, 436),
        "mount_setattr": (442, 442), "landlock_create_ruleset": (444, 444),
    ]

    struct Unknown: Error {
        var call: String
    }

    var calls: [String]
    var errno: Int32

    /// The program's instructions as the kernel takes them: `struct sock_filter` of
    /// <linux/filter.h>.
    func program() throws -> Data {
        // Load the number; one comparison a call, each of which jumps to the refusal; let pass.
        var program = Self.instruction(0x20, 0)
        for (index, call) in calls.enumerated() {
            guard let number = Self.numbers[call] else { throw Unknown(call: call) }
            #if arch(arm64)
                let value = number.1
            #else
                let value = number.0
            #endif
            program += Self.instruction(0x15, value, isEqual: UInt8(calls.count - index))
        }
        program += Self.instruction(0x06, 0x7fff_0000)
        program += Self.instruction(0x06, 0x0005_0000 | UInt32(errno))
        return program
    }

    private static func instruction(_ code: UInt16, _ value: UInt32, isEqual: UInt8 = 0) -> Data {
        var data = Data()
        withUnsafeBytes(of: code) { data.append(contentsOf: $0) }
        data.append(contentsOf: [isEqual, 0])
        withUnsafeBytes(of: value) { data.append(contentsOf: $0) }
        return data
    }
}
