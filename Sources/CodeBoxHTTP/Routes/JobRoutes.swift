import CodeBoxCore
import CodeBoxJobs
import CodeBoxWorker
import HTTPTypes
import Hummingbird

/// The routes that are about jobs.
struct JobRoutes: Sendable {
    let service: any JobService
    let options: APIOptions
    let connections: ConnectionRegistry

    /// `POST /v1/jobs`
    @Sendable func submit(_ request: Request, _ context: APIContext) async throws -> Response {
        let spec = try await spec(in: request, context)
        let wait = Waiting.preferred(request.headers, maximum: options.maximumWaitSeconds)
        guard let wait else {
            let job = try await service.submit(spec, waiting: nil)
            return answer(job, status: .accepted, [.location: "/v1/jobs/\(job.id)"])
        }
        let job = try await connections.whileConnected(context.channel) {
            [service] () async throws(CodeBoxError) in
            try await service.submit(spec, waiting: Double(wait))
        }
        return answer(
            job, status: job.state == .finished ? .ok : .accepted,
            [.location: "/v1/jobs/\(job.id)", .preferenceApplied: "wait=\(wait)"])
    }

    /// `POST /v1/run`
    @Sendable func run(_ request: Request, _ context: APIContext) async throws -> Response {
        let spec = try await spec(in: request, context)
        return answer(
            try await service.run(spec, until: connections.closing(of: context.channel)))
    }

    /// `GET /v1/jobs/{id}`
    @Sendable func show(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try QueryParameters(request.uri.query, names: ["wait"])
        let seconds = try query.first("wait").map { text throws(Problem) in
            try Waiting.queried(text, maximum: options.maximumWaitSeconds)
        }
        let id = try id(in: context)
        guard let seconds else { return answer(try await service.job(id)) }
        let job = try await connections.whileConnected(context.channel) {
            [service] () async throws(CodeBoxError) in
            try await service.wait(for: id, seconds: seconds)
        }
        return answer(job)
    }

    /// `GET /v1/jobs`
    @Sendable func list(_ request: Request, _ context: APIContext) async throws -> Response {
        let page = try await service.list(JobQuery(query: request.uri.query))
        return .json(capacity: 256 + 1024 * page.jobs.count) { $0.page(page) }
    }

    /// `DELETE /v1/jobs/{id}`
    @Sendable func cancel(_ request: Request, _ context: APIContext) async throws -> Response {
        _ = try QueryParameters(request.uri.query)
        let job = try await service.cancel(id(in: context))
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
