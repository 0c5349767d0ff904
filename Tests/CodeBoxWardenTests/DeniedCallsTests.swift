import CSeccomp
import CWire
import CodeBoxCore
import CodeBoxSeccomp
import Glibc
import Testing

@testable import CodeBoxWarden

@Suite("What the warden keeps of refused calls, which a hostile job can make without end")
struct DeniedCallsTests {
    private typealias Call = SeccompAnswers.Call

    private static let notify: UInt32 = 0x7fc0_0000  // SECCOMP_RET_USER_NOTIF
    private static let trace: UInt32 = 0x7ff0_0000  // SECCOMP_RET_TRACE

    private let answers: SeccompAnswers

    init() throws { answers = SeccompAnswers(try SeccompProgram.standard()) }

    private func call(_ number: UInt32, _ arguments: [UInt64] = []) -> Call {
        Call(
            number: number, architecture: seccomp_arch_native(),
            arguments: arguments + [UInt64](repeating: 0, count: 6 - arguments.count))
    }

    private func call(_ name: String, _ arguments: [UInt64] = []) -> Call {
        call(UInt32(bitPattern: seccomp_syscall_resolve_name(name)), arguments)
    }

    /// Each number there is and some that there aren't, with arguments that policies look at.
    private var manyCalls: [Call] {
        let values: [[UInt64]] = [
            [], [1, 1, 1, 1], [2, 3, 17, 5], [16, 3], [10, 2, 17], [4, 4, 0x4000], [24],
            [0x7e02_0000], [.max, .max, .max, .max, .max, .max], [1, 1030], [0, 0x5401, 1],
        ]
        return (UInt32(0)...470).flatMap { number in values.map { call(number, $0) } }
            + [call(100_000), call(0x4000_0001), call(.max)]
    }

    @Test("a refused call fails with the errno that the filter gives it, by its arguments, too")
    func errnos() {
        var denied = DeniedCalls(answers)
        #expect(denied.add(call("ptrace"), now: 0) == EPERM)
        #expect(denied.add(call("socket", [16, 3, 0]), now: 0) == EAFNOSUPPORT)
        #expect(denied.add(call("socket", [2, 3, 1]), now: 0) == EPERM)
        #expect(denied.add(call("socket", [16, 3, 0]), now: 0) == EAFNOSUPPORT)
        #expect(denied.add(call("clone3"), now: 0) == ENOSYS)
        #expect(answers.errno(of: call("read")) == nil)
        let socket = call("socket").number
        #expect(denied.refusals.count == 4)
        #expect(denied.refusals.first?.number == UInt16(socket))
        #expect(denied.refusals.first?.error == UInt16(EAFNOSUPPORT))
        #expect(denied.refusals.map(\.count) == [2, 1, 1, 1])
        // The filter never tells of a call that it allows. If it did, the call would not be made.
        #expect(denied.add(call("read"), now: 0) == ENOSYS)
    }

    @Test("when it is off, every filter is the policy's own, bit for bit")
    func off() throws {
        let filters = try SandboxFilters(tellingRefusals: false, tellingSockets: false)
        let standard = try SeccompProgram.standard()
        #expect(filters.answers == nil)
        #expect(filters.job.instructions == standard.instructions)
        let forked = standard.notifying(
            of: "exit_group", mask: UInt32(CB_EXIT_MASK), value: UInt32(CB_EXIT_MARK))
        #expect(filters.forkedJob.instructions == forked.instructions)
        let zygote = try SeccompProgram.compile(SeccompPolicy.zygote())
        #expect(filters.zygote.instructions == zygote.instructions)
        let warden = try SeccompProgram.compile(SeccompPolicy.warden())
        #expect(
            try SandboxFilters.warden(tellingRefusals: false).instructions == warden.instructions)
    }

    @Test("when it is on, a job's filter tells of every refusal, and allows no more than before")
    func telling() throws {
        let filters = try SandboxFilters(tellingRefusals: true, tellingSockets: false)
        let telling = SeccompAnswers(filters.job)
        for call in manyCalls {
            let isRefused = answers.errno(of: call) != nil
            #expect(
                telling.answer(to: call) == (isRefused ? Self.notify : answers.answer(to: call)),
                "\(call)")
        }
        #expect(filters.job.count == (try SeccompProgram.standard()).count)
    }

    @Test("the warden's filter then allows no more, and lets through to jobs' what they tell of")
    func leaving() throws {
        let before = SeccompAnswers(try SeccompProgram.compile(SeccompPolicy.warden()))
        let after = SeccompAnswers(try SandboxFilters.warden(tellingRefusals: true))
        let refusal = 0x0005_0000 | UInt32(EPERM)
        for call in manyCalls {
            guard before.errno(of: call) != nil else {
                #expect(after.answer(to: call) == before.answer(to: call), "\(call)")
                continue
            }
            let answer = after.answer(to: call)
            #expect(answer == Self.trace || answer == refusal, "\(call)")
        }
        for name in ["ptrace", "bpf", "init_module", "kexec_load", "open_by_handle_at", "swapon"] {
            #expect(after.answer(to: call(name)) == refusal, "\(name)")
        }
        for name in ["mq_open", "io_uring_enter", "setxattr", "semget"] {
            #expect(after.answer(to: call(name)) == Self.trace, "\(name)")
        }
    }

    @Test("where refusals are told, zygotes and what they fork have the filters they always have")
    func zygotes() throws {
        let (on, off) = (
            try SandboxFilters(tellingRefusals: true, tellingSockets: false),
            try SandboxFilters(tellingRefusals: false, tellingSockets: false)
        )
        #expect(on.zygote.instructions == off.zygote.instructions)
        #expect(on.forkedJob.instructions == off.forkedJob.instructions)
        #expect(on.hollowInit.instructions == off.hollowInit.instructions)
    }

    @Test("a list has at most 32 entries, and numbers without end are one")
    func bounded() {
        var denied = DeniedCalls(answers)
        for number in UInt32(100_000)..<101_000 {
            #expect(denied.add(call(number), now: 0) == ENOSYS)
        }
        #expect(denied.refusals.map(\.count) == [1000])
        #expect(denied.refusals.first?.number == .max)
        for number in UInt32(1_000)..<2_000 { _ = denied.add(call(number), now: 0) }
        #expect(denied.refusals.count == 32)
        #expect(DeniedSyscall.most == Int(CB_MAXIMUM_REFUSALS))
        var reply = cb_reply()
        reply.set(denied.refusals)
        #expect(reply.refusals == 32 && reply.tells_refusals == 1)
    }

    @Test("after 128 calls at once, a job's calls are answered at 250 a second")
    func rate() {
        var denied = DeniedCalls(answers)
        var now: UInt64 = 1_000_000_000
        let end = now + 10_000_000_000
        var answered = 0
        while now < end {
            if let resume = denied.resumeNs {
                let isEarly = denied.endPause(resume - 1)
                #expect(!isEarly)
                now = resume
                let isOver = denied.endPause(now)
                #expect(isOver)
            }
            _ = denied.add(call("ptrace"), now: now)
            answered += 1
        }
        #expect(answered >= 128 + 2_490 && answered <= 128 + 2_510, "\(answered)")
        #expect(denied.refusals.first?.count == UInt32(answered))
    }
}
