import CWire
import CodeBoxCore
import CodeBoxSeccomp
import Glibc

/// The seccomp programs of everything that the warden makes, and its own.
struct SandboxFilters: Sendable {
    /// For a job's process that PID 1 forks, and for that PID 1.
    let job: SeccompProgram
    /// For a job's process that a zygote forks. There is none where ``answers`` are.
    let forkedJob: SeccompProgram
    /// For a zygote, from before its interpreter starts.
    let zygote: SeccompProgram
    /// For a PID 1 that starts no job's process.
    let hollowInit: SeccompProgram
    /// What ``job`` would answer, where it tells the warden of refusals
    /// (``WardenOptions/tellsRefusals``); nil where it answers by itself.
    let answers: SeccompAnswers?

    /// - Parameter tellingSockets: the filter of a forked job tells its listener of every socket.
    init(tellingRefusals: Bool, tellingSockets: Bool) throws(CodeBoxError) {
        let standard = try SeccompProgram.inForce(SeccompPolicy.standard())
        answers = tellingRefusals ? SeccompAnswers(standard) : nil
        job = tellingRefusals ? standard.tellingRefusals() : standard
        forkedJob = try SeccompProgram.ofFork(
            SeccompPolicy.standard(), tellsOfSockets: tellingSockets)
        zygote = try SeccompProgram.inForce(SeccompPolicy.zygote())
        hollowInit = try SeccompProgram.inForce(SeccompPolicy.hollowInit())
    }

    /// The warden's own, which all that it makes inherits.
    ///
    /// Where jobs' filters tell of refusals, it still refuses with EPERM what takes a capability,
    /// and ptrace: all calls that the policies refuse so by name alone. Jobs' filters can't tell of
    /// these. An administrator gains little by allowing them; a warden that was taken over would
    /// gain much.
    static func warden(tellingRefusals: Bool) throws(CodeBoxError) -> SeccompProgram {
        let policy = try SeccompPolicy.warden()
        let program = try SeccompProgram.inForce(policy)
        guard tellingRefusals else { return program }
        return program.leavingRefusals(
            except: policy.rules.filter { $0.action == .fail(EPERM) && $0.conditions.isEmpty }
                .map(\.syscall)
                .filter { name in
                    !policy.rules.contains { $0.syscall == name && !$0.conditions.isEmpty }
                })
    }
}
