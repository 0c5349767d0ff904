import CSeccomp
import CodeBoxWarden
import Testing

@testable import CodeBoxSeccomp

/// Which calls the filter of a forked job tells its listener of: every one that makes a socket.
@Suite("Calls that the warden is told of")
struct SeccompTellingTests {
    private let plain: BPFMachine
    private let telling: BPFMachine
    private let native = seccomp_arch_native()

    init() throws {
        plain = BPFMachine(
            program: BPFInstruction.list(try SeccompProgram.standard().instructions))
        telling = BPFMachine(
            program: BPFInstruction.list(
                try SeccompProgram.ofFork(SeccompPolicy.standard(), tellsOfSockets: true)
                    .instructions))
    }

    private func number(_ name: String) -> UInt32 {
        UInt32(bitPattern: seccomp_syscall_resolve_name(name))
    }

    /// Families, types with their flags, and protocols that a program could ask for.
    private static let kinds: [[UInt64]] = (0...48).flatMap { family in
        [0, 1, 2, 3, 4, 5, 6, 10, 1 | 0o2_000_000, 2 | 0o4000].flatMap { type in
            [0, 1, 6, 17, 132, 136, 255, 262].map { [family, type, $0, 0, 0, 0] }
        }
    }

    @Test(
        "every socket that the policy allows is told of, and no other",
        arguments: ["socket", "socketpair"])
    func sockets(_ name: String) throws {
        let number = number(name)
        var told = 0
        for kind in Self.kinds {
            let before = plain.answer(number: number, architecture: native, arguments: kind)
            let after = telling.answer(number: number, architecture: native, arguments: kind)
            if before == UInt32(SCMP_ACT_ALLOW) {
                #expect(after == UInt32(SCMP_ACT_NOTIFY), "\(name)\(kind)")
                told += 1
            } else {
                #expect(after == before, "\(name)\(kind)")
            }
        }
        #expect(told > 0)
    }

    @Test("every other call is answered as without telling, but for the marked exit")
    func others() {
        let told = Set(SeccompPolicy.socketMakers.map(number))
        let words: [UInt64] = [0, 1, 2, 16, 62, 0x5401, 0x8914, 1 << 30, .max]
        for number in 0...(SeccompPolicy.newestCall + 10) where !told.contains(number) {
            for first in words {
                for second in words {
                    let arguments = [first, second, 0, 0, 0, 0]
                    let before = plain.answer(
                        number: number, architecture: native, arguments: arguments)
                    let after = telling.answer(
                        number: number, architecture: native, arguments: arguments)
                    #expect(before == after, "\(number)\(arguments)")
                }
            }
        }
        let mark: [UInt64] = [0x0cb0_de03, 0, 0, 0, 0, 0]
        #expect(
            telling.answer(number: number("exit_group"), architecture: native, arguments: mark)
                == UInt32(SCMP_ACT_NOTIFY))
    }

    /// The calls of Linux up to ``SeccompPolicy/newestCall``, which a policy can name, that bring a
    /// process a socket without a socket that it has already, or that lead it to another network
    /// namespace. accept, accept4, recvmsg and recvmmsg need a socket.
    private static let ways = [
        "io_uring_setup", "io_uring_enter", "io_uring_register", "pidfd_getfd", "socketcall",
        "setns", "unshare", "clone3", "bpf", "ptrace", "process_vm_writev", "open_by_handle_at",
        "mount", "fsopen", "fsconfig", "fsmount", "move_mount", "open_tree",
    ]

    @Test("the policy allows no other call by which a job gets a socket or another network")
    func otherWays() {
        let isKnown = { (answer: UInt32?) in
            answer.map { $0 != UInt32(SCMP_ACT_ALLOW) && $0 != UInt32(SCMP_ACT_NOTIFY) } ?? false
        }
        for name in Self.ways {
            let raw = seccomp_syscall_resolve_name(name)
            // This architecture does not have it.
            guard raw >= 0 else { continue }
            for first: UInt64 in [0, 1, 2, 5, 62, 0x4000_0000, .max] {
                for second: UInt64 in [0, 1, 15, 16, 0x4000_0000] {
                    let answer = telling.answer(
                        number: UInt32(raw), architecture: native,
                        arguments: [first, second, 0, 0, 0, 0])
                    #expect(isKnown(answer), "\(name)(\(first), \(second))")
                }
            }
        }
        // CLONE_NEWNET, alone and with what threads and children are made with.
        for flags: UInt64 in [0x4000_0000, 0x4000_0011, 0x407d_0f00, 0x4120_0011] {
            let answer = telling.answer(
                number: number("clone"), architecture: native,
                arguments: [flags, 0, 0, 0, 0, 0])
            #expect(isKnown(answer), "clone(\(flags))")
        }
        // SIOCGSKNS, and the questions to a namespace's descriptor.
        for request: UInt64 in [0x894c, 0xb701, 0xb702, 0xb703, 0xb704] {
            let answer = telling.answer(
                number: number("ioctl"), architecture: native,
                arguments: [3, request, 0, 0, 0, 0])
            #expect(isKnown(answer), "ioctl(\(request))")
        }
    }
}
