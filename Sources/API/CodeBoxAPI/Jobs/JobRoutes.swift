import CodeBoxCore
import CodeBoxHTTP
import CodeBoxJobs
import CodeBoxWorker
import HTTPTypes
import Hummingbird

/// Stored jobs: `/v1/jobs`.
struct JobRoutes: Sendable {
    let jobs: any JobService
    let body: JSONBody
    let connections: ConnectionRegistry
    let maximumWaitSeconds: Double

    var routes: [Route] {
        [
            Route(.post, "/v1/jobs", scope: .jobsWrite, submit),
            Route(.get, "/v1/jobs", scope: .jobsRead, list),
            Route(.get, "/v1/jobs/{id}", scope: .jobsRead, show),
            Route(.delete, "/v1/jobs/{id}", scope: .jobsWrite, cancel),
        ]
    }

    @Sendable private func submit(_ request: Request, _ context: APIContext) async throws
        -> Response
    {
        let spec = try await BodyDecoding.decode(body.bytes(of: request), JobDecoder.decode)
        let wait = Waiting.preferred(request.headers, maximum: maximumWaitSeconds)
        let job = try await jobs.submit(
            spec, for: context.principal, waiting: wait.map(Double.init),
            until: connections.closing(of: context.channel))
        guard let wait else {
            return .job(job, status: .accepted, headers: [.location: "/v1/jobs/\(job.id)"])
        }
        return .job(
            job, status: job.state == .finished ? .ok : .accepted,
            headers: [.location: "/v1/jobs/\(job.id)", .preferenceApplied: "wait=\(wait)"])
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response
    {
        let query = try QueryParameters(request.uri.query, names: ["wait"])
        let seconds = try query.first("wait").map { text throws(Problem) in
            try Waiting.queried(text, maximum: maximumWaitSeconds)
        }
        let id = try id(in: context)
        guard let seconds else { return .job(try await jobs.job(id)) }
        return .job(
            try await jobs.wait(
                for: id, seconds: seconds, until: connections.closing(of: context.channel)))
    }

    @Sendable private func list(_ request: Request, _ context: APIContext) async throws -> Response
    {
        let page = try await jobs.list(JobQuery(query: request.uri.query))
        return .json(capacity: 256 + 1024 * page.jobs.count) { $0.pageFields(page) }
    }

    @Sendable private func cancel(_ request: Request, _ context: APIContext) async throws
        -> Response
    {
        _ = try QueryParameters(request.uri.query)
        let job = try await jobs.cancel(id(in: context))
        return .job(job, status: job.state == .finished ? .ok : .accepted)
    }

    private func id(in context: APIContext) throws(CodeBoxError) -> JobID {
        let text = context.parameters.get("id") ?? ""
        guard let id = JobID(text.lowercased()) else {
            throw CodeBoxError(.jobNotFound, "'\(text.prefix(64))' is not a job id")
        }
        return id
    }
}
