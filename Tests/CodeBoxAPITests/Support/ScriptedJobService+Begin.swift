import CodeBoxCore
import CodeBoxWorker

extension ScriptedJobService {
    func begin(
        _ spec: () throws -> JobSpec, for principal: Principal, until stop: StopSignal,
        onEnd: @escaping @Sendable (Result<Job, CodeBoxError>) -> Void
    ) throws -> Bool {
        let spec = try spec()
        Task {
            do throws(CodeBoxError) {
                onEnd(.success(try await run(spec, for: principal, until: stop)))
            } catch {
                onEnd(.failure(error))
            }
        }
        return true
    }
}
