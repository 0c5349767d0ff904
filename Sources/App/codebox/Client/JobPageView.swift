/// A page of `GET /v1/jobs`.
struct JobPageView: Decodable {
    var jobs: [JobView]
    var nextCursor: String?
}
