import CWire
import CodeBoxCore
import CodeBoxSeccomp

/// The seccomp programs of everything that the warden makes, and its own.
struct SandboxFilters: Sendable {
    /// For a job's process that PID 1 forks, and for that PID 1.
    let job: SeccompProgram
    /// For a job's process that a zygote forks.
    let forkedJob: SeccompProgram
    /// For a zygote, from before its interpreter starts.
    let zygote: SeccompProgram
    /// For a PID 1 that starts no job's process.
    let hollowInit: SeccompProgram
    /// What ``job`` would answer, where it tells the warden of refusals
    /// (``WardenOptions/tellsRefusals``); nil where it answers by itself.
    let answers: SeccompAnswers?

    init(tellingRefusals: Bool) throws(CodeBoxError) {
        let standard = try SeccompProgram.inForce(SeccompPolicy.standard())
        let zygotes = try SeccompProgram.inForce(SeccompPolicy.zygote())
        answers = tellingRefusals ? SeccompAnswers(standard) : nil
        job = tellingRefusals ? standard.tellingRefusals() : standard
        forkedJob = job.notifying(
            of: "exit_group", mask: UInt32(CB_EXIT_MASK), value: UInt32(CB_EXIT_MARK))
        zygote = tellingRefusals ? zygotes.leavingRefusals() : zygotes
        hollowInit = try SeccompProgram.inForce(SeccompPolicy.hollowInit())
    }

    /// The warden's own, which all that it makes inherits.
    static func warden(tellingRefusals: Bool) throws(CodeBoxError) -> SeccompProgram {
        let program = try SeccompProgram.inForce(SeccompPolicy.warden())
        return tellingRefusals ? program.leavingRefusals() : program
    }
}
