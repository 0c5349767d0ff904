import Foundation
import NIOHTTP1

extension APIClient {
    /// Waits for a job with long polls and returns the server's JSON.
    /// - Parameter seconds: returns the unfinished job after this time; nil waits for ever.
    func waitForJob(_ id: String, seconds: Double? = nil) async throws -> Data {
        let clock = ContinuousClock()
        let end = seconds.map { clock.now + .seconds($0) }
        var stretch = 30.0
        while true {
            var wait = stretch
            if let end {
                let left = clock.now.duration(to: end) / .seconds(1)
                wait = max(0, min(stretch, left))
            }
            let path = "/v1/jobs/\(id)?wait=\(String(format: "%.3f", wait))"
            do {
                let body = try await send(.GET, path, seconds: wait + 30).body
                let isOver = end.map { $0 <= clock.now } ?? false
                if isOver { return body }
                if try JobView.decode(body).isFinished { return body }
            } catch let failure as APIFailure where failure.code == "limit_out_of_range" {
                // This server allows shorter waits only.
                guard let maximum = failure.maximum, maximum < stretch, maximum > 0 else {
                    throw failure
                }
                stretch = maximum
            }
        }
    }
}
