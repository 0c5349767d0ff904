import CodeBoxCore
import CodeBoxSandbox

/// Runs planned programs in slots that the caller has taken.
struct SlotRunner: Sendable {
    private let runner: any SandboxRunner
    private let slots: SlotLine
    private let warm: WarmKeeping

    init(runner: any SandboxRunner, slots: SlotLine, warm: WarmKeeping) {
        self.runner = runner
        self.slots = slots
        self.warm = warm
    }

    /// Runs a program until it ends or `stop` fires. Gives the slot back when nothing of the
    /// sandbox is left, which may be after the report.
    func run(_ plan: JobPlan, until stop: StopSignal) async throws(CodeBoxError) -> SandboxReport {
        warm.notice(plan.sandbox.image)
        return try await runner.run(
            plan.program, in: plan.sandbox, until: stop, onOutput: nil,
            whenGone: { [slots] in slots.release() })
    }

    /// Does what ``run(_:until:)`` does, without a task that waits.
    /// - Parameter onEnd: called once, on the sandbox client's thread: it must not block.
    func begin(
        _ plan: JobPlan, until stop: StopSignal,
        onEnd: @escaping @Sendable (Result<SandboxReport, CodeBoxError>) -> Void
    ) {
        warm.notice(plan.sandbox.image)
        runner.begin(
            plan.program, in: plan.sandbox, until: stop,
            whenGone: { [slots] in slots.release() }, onEnd: onEnd)
    }
}
