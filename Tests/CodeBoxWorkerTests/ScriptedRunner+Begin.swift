import CodeBoxCore
import CodeBoxSandbox

extension ScriptedRunner {
    func begin(
        _ program: SandboxProgram, in spec: SandboxSpec, until stop: StopSignal,
        whenGone: @escaping @Sendable () -> Void,
        onEnd: @escaping @Sendable (Result<SandboxReport, CodeBoxError>) -> Void
    ) {
        Task {
            do throws(CodeBoxError) {
                onEnd(
                    .success(
                        try await run(
                            program, in: spec, until: stop, onOutput: nil, whenGone: whenGone)))
            } catch {
                onEnd(.failure(error))
            }
        }
    }
}
