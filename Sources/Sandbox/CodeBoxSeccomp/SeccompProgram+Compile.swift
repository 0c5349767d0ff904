import CLinux
import CWire
import CSeccomp
package import CodeBoxCore
import CodeBoxSystem
import Glibc

extension SeccompProgram {
    /// Compiles a policy for this machine's architecture. Calls that the architecture doesn't have
    /// are passed over; other architectures' calls (i386 and x32 on x86-64) kill the process.
    /// - Parameter calls: names of calls of which the filter's listener is told where the policy
    ///   allows them, before they are made.
    /// - Throws: `configurationInvalid` if a rule names no system call or can't be expressed.
    package static func compile(
        _ policy: SeccompPolicy, telling calls: Set<String> = []
    ) throws(CodeBoxError) -> SeccompProgram {
        let reference = BPFInstruction.list(try reference(policy).instructions)
        let native = seccomp_arch_native()
        var refusals: [UInt32: [SeccompRule]] = [:]
        for rules in policy.refusals.values {
            let number = try number(of: rules[0])
            if number >= 0 { refusals[UInt32(number)] = rules }
        }
        let compact = try SeccompDispatch(
            reference, native: native, refusals: refusals,
            told: Set(calls.map { UInt32(bitPattern: seccomp_syscall_resolve_name($0)) }),
            unnamed: failing(policy.defaultErrno)
        ).compact(greatest: greatestCall(native))
        return SeccompProgram(instructions: BPFInstruction.bytes(of: compact))
    }

    /// The program as libseccomp writes it. ``compile(_:)`` shortens it, and adds the refusals that
    /// depend on arguments (``SeccompPolicy/refusals``).
    package static func reference(
        _ policy: SeccompPolicy
    ) throws(CodeBoxError) -> SeccompProgram {
        guard let context = seccomp_init(failing(policy.defaultErrno)) else {
            throw CodeBoxError(.sandboxFailed, "seccomp: libseccomp could not be initialized")
        }
        defer { seccomp_release(context) }
        try check(
            seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS),
            "set the answer to foreign architectures")
        let refusals = policy.refusals
        for rule in policy.rules where rule.action == .allow || refusals[rule.syscall] == nil {
            // libseccomp refuses a rule that says what is so without it.
            guard rule.action != .fail(policy.defaultErrno) else {
                _ = try number(of: rule)
                continue
            }
            try add(rule, to: context)
        }
        let compiled = try export(context)
        return SeccompProgram(instructions: newerCalls(policy.newerErrno) + compiled)
    }

    private static func failing(_ errno: CInt) -> UInt32 {
        // SCMP_ACT_ERRNO, which as a macro with a parameter can't be imported.
        0x0005_0000 | UInt32(errno)
    }

    /// What the filter returns to the kernel.
    static func answer(_ action: SeccompRule.Action) -> UInt32 {
        switch action {
        case .allow: SCMP_ACT_ALLOW
        case .fail(let errno): failing(errno)
        }
    }

    /// The call's number here; negative if only other architectures have it.
    private static func number(of rule: SeccompRule) throws(CodeBoxError) -> CInt {
        let number = seccomp_syscall_resolve_name(rule.syscall)
        guard number != -1 else {  // __NR_SCMP_ERROR
            throw CodeBoxError(
                .configurationInvalid, "\(rule.origin): \(rule.syscall) is no system call's name")
        }
        guard number <= Int32(SeccompPolicy.newestCall) else {
            throw CodeBoxError(
                .configurationInvalid,
                "\(rule.origin): \(rule.syscall) is newer than what a policy can name")
        }
        return number
    }

    private static func check(_ result: CInt, _ action: String) throws(CodeBoxError) {
        guard result < 0 else { return }
        throw CodeBoxError(
            .configurationInvalid,
            "seccomp: can't \(action): \(SystemError.text(-result))",
            cause: "libseccomp returned \(result)")
    }

    private static func add(
        _ rule: SeccompRule, to context: scmp_filter_ctx
    ) throws(CodeBoxError) {
        let number = try number(of: rule)
        guard number >= 0 else { return }
        let comparisons = rule.conditions.map(comparison)
        try check(
            seccomp_rule_add_array(
                context, answer(rule.action), number, UInt32(comparisons.count), comparisons),
            "add \(rule.syscall) (\(rule.origin))")
    }

    private static func comparison(_ condition: SeccompRule.Condition) -> scmp_arg_cmp {
        let argument = UInt32(condition.argument)
        if condition.mask != .max {
            return scmp_arg_cmp(
                arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: condition.mask,
                datum_b: condition.value)
        }
        let sign =
            switch condition.comparison {
            case .equal: SCMP_CMP_EQ
            case .notEqual: SCMP_CMP_NE
            case .atMost: SCMP_CMP_LE
            case .atLeast: SCMP_CMP_GE
            case .less: SCMP_CMP_LT
            case .greater: SCMP_CMP_GT
            }
        return scmp_arg_cmp(arg: argument, op: sign, datum_a: condition.value, datum_b: 0)
    }

    /// libseccomp writes its program only to a descriptor.
    private static func export(_ context: scmp_filter_ctx) throws(CodeBoxError) -> [UInt8] {
        let fd = cb_memory_file("codebox-seccomp")
        guard fd >= 0 else {
            throw CodeBoxError(
                .sandboxFailed, "seccomp: memfd_create: \(SystemError.text(-fd))")
        }
        defer { close(fd) }
        try check(seccomp_export_bpf(context, fd), "compile the policy")
        let size = Int(lseek(fd, 0, SEEK_END))
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, size)) { buffer, count in
            count = max(0, pread(fd, buffer.baseAddress, buffer.count, 0))
        }
        guard !bytes.isEmpty, bytes.count == size, bytes.count.isMultiple(of: 8) else {
            throw CodeBoxError(.sandboxFailed, "seccomp: the compiled filter could not be read")
        }
        return bytes
    }

    /// The greatest call number that libseccomp knows and a policy can name.
    private static func greatestCall(_ architecture: UInt32) -> UInt32 {
        let greatest = (0...CInt(SeccompPolicy.newestCall)).last { number in
            guard let name = seccomp_syscall_resolve_num_arch(architecture, number) else {
                return false
            }
            free(name)
            return true
        }
        return UInt32(greatest ?? CInt(SeccompPolicy.newestCall))
    }

    /// A prefix: on this architecture, numbers above the greatest that a policy can name fail with
    /// that errno. libseccomp can't express a range of calls.
    private static func newerCalls(_ errno: CInt) -> [UInt8] {
        typealias Instruction = BPFInstruction
        let native = seccomp_arch_native()
        // x32's calls begin here; the program proper deals with them.
        let x32: UInt32 = 0x4000_0000
        let prefix = [
            Instruction(code: Instruction.load, operand: Instruction.architecture),
            Instruction(code: Instruction.jumpEqual, ifFalse: 4, operand: native),
            Instruction(code: Instruction.load, operand: Instruction.callNumber),
            Instruction(code: Instruction.jumpGreater, ifFalse: 2, operand: greatestCall(native)),
            Instruction(code: Instruction.jumpAtLeast, ifTrue: 1, operand: x32),
            Instruction(code: Instruction.answer, operand: failing(errno)),
        ]
        return BPFInstruction.bytes(of: prefix)
    }
}
