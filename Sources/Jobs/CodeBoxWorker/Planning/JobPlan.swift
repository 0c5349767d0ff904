import CodeBoxCore
import CodeBoxSandbox

/// Everything needed to run a job: checked, with no decision left.
struct JobPlan: Sendable {
    var program: SandboxProgram
    var sandbox: SandboxSpec
    var runtime: RuntimeIdentity
    /// The job's `runtime` as it is stored: the runtime's own name instead of an alias, with the
    /// version if the client gave one.
    var reference: String
    /// The job's `entrypoint` as it is stored: the client's, or that of the alias which the client
    /// gave; nil for the runtime's own.
    var entrypoint: String?
}
