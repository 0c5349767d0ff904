import CodeBoxCore
import CodeBoxSandbox

/// All that running a job takes: checked, and with nothing left to decide.
struct JobPlan: Sendable {
    var program: SandboxProgram
    var sandbox: SandboxSpec
    var runtime: RuntimeIdentity
    /// `runtime` as the job is to name it: the runtime's own name, not an alias, with the version if
    /// the client gave one.
    var reference: String
}
