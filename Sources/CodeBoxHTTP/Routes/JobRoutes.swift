import CodeBoxCore
import CodeBoxJobs
import CodeBoxWorker
import HTTPTypes
import Hummingbird

/// The routes that are about jobs.
struct JobRoutes: Sendable {
    let runs: any RunService
    let jobs: any JobService
    let options: APIOptions
    let connections: ConnectionRegistry

    /// `POST /v1/jobs`
    @Sendable func submit(_ request: Request, _ context: APIContext) async throws -> Response {
        let spec = try await spec(in: request)
        let wait = Waiting.preferred(request.headers, maximum: options.maximumWaitSeconds)
        let job = try await jobs.submit(
            spec, for: context.principal, waiting: wait.map(Double.init),
            until: connections.closing(of: context.channel))
        guard let wait else {
            return answer(job, status: .accepted, [.location: "/v1/jobs/\(job.id)"])
        }
        return answer(
            job, status: job.state == .finished ? .ok : .accepted,
            [.location: "/v1/jobs/\(job.id)", .preferenceApplied: "wait=\(wait)"])
    }

    /// `POST /v1/run`
    @Sendable func run(_ request: Request, _ context: APIContext) async throws -> Response {
        let spec = try await spec(in: request)
        return answer(
            try await runs.run(
                spec, for: context.principal, until: connections.closing(of: context.channel)))
    }

    /// `GET /v1/jobs/{id}`
    @Sendable func show(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try QueryParameters(request.uri.query, names: ["wait"])
        let seconds = try query.first("wait").map { text throws(Problem) in
            try Waiting.queried(text, maximum: options.maximumWaitSeconds)
        }
        let id = try id(in: context)
        guard let seconds else { return answer(try await jobs.job(id)) }
        return answer(
            try await jobs.wait(
                for: id, seconds: seconds, until: connections.closing(of: context.channel)))
    }

    /// `GET /v1/jobs`
    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        let page = try await jobs.list(JobQuery(query: request.uri.query))
        return .json(capacity: 256 + 1024 * page.jobs.count) { $0.page(page) }
    }

    /// `DELETE /v1/jobs/{id}`
    @Sendable func cancel(_ request: Request, _ context: APIContext) async throws -> Response {
        _ = try QueryParameters(request.uri.query)
        let job = try await jobs.cancel(id(in: context))
        return answer(job, status: job.state == .finished ? .ok : .accepted)
    }

    private func answer(
        _ job: Job, status: HTTPResponse.Status = .ok, _ headers: HTTPFields = [:]
    ) -> Response {
        let outputBytes =
            (job.result?.stdout.bytes.count ?? 0) + (job.result?.stderr.bytes.count ?? 0)
        return .json(status, headers: headers, capacity: 1536 + outputBytes) { $0.job(job) }
    }

    private func id(in context: APIContext) throws(CodeBoxError) -> JobID {
        let text = context.parameters.get("id") ?? ""
        guard let id = JobID(text.lowercased()) else {
            throw CodeBoxError(.jobNotFound, "'\(text.prefix(64))' is not the id of a job")
        }
        return id
    }
}
