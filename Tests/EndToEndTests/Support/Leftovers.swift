import Foundation
import Testing

/// Compares the resources of a server and its machine after a suite with those before it.
struct Leftovers: Sendable {
    private let server: CodeBoxServer
    private let idle: HostState
    private let wardenDescriptors: Int
    private let serverDescriptors: Int

    /// Measures an idle server that has run one job of each kind.
    init(of server: CodeBoxServer) async throws {
        self.server = server
        try await server.ready()
        let job = try await server.api.submit(JobBody(.bash, "echo warm"))
        _ = try await server.api.finished(job.id)
        _ = try await server.api.run(JobBody(.bash, "echo warm"))
        try await Self.poolsAreAtRest(server)
        try await Self.stockIsFull(server)
        idle = HostState.now(of: server.scratch)
        wardenDescriptors = server.part(.warden).map(Self.count) ?? 0
        serverDescriptors = server.part(.server)?.descriptorCount ?? 0
    }

    /// Returns once the warden has made as many cgroups ahead as it keeps: measured with fewer,
    /// those that it adds later would pass for a leak.
    private static func stockIsFull(_ server: CodeBoxServer) async throws {
        let madeAhead = 4
        let standing = waitingEach * Language.allCases.count
        let short = await remaining(after: .seconds(20)) { () -> String? in
            // Of this server's warden: another one, of a cgroup that this one does not see, may
            // have left some behind.
            let own = "/codebox-\(server.part(.warden)?.pid ?? 0)-"
            let leaves = HostState.now(of: server.scratch).cgroups
                .filter { $0.contains(own) && $0.contains("/job-") }.sorted()
            let hierarchies = Set(leaves.map { $0.split(separator: "/codebox-")[0] }).count
            return leaves.count == hierarchies * (standing + madeAhead) && hierarchies > 0
                ? nil : leaves.joined(separator: "\n")
        }
        if let short {
            throw CodeBoxServer.Failed(description: "no rest among the cgroups:\n\(short)")
        }
    }

    /// Without the network namespaces that wait for a sandbox, of which the warden keeps at most
    /// 64.
    private static func count(_ warden: HostProcess) -> Int {
        let networks = warden.descriptors.filter { $0.hasPrefix("net:") }.count
        return warden.descriptorCount - min(networks, 64)
    }

    /// Its control socket, its pidfd, and the folders and files of its cgroups.
    private static let descriptorsOfZygote = 16

    /// `CODEBOX_WARM_POOL_MINIMUM` of ``Installation``.
    private static let waitingEach = 2

    /// Returns once the pools have reached their targets and are idle.
    private static func poolsAreAtRest(_ server: CodeBoxServer) async throws {
        let restless = await remaining(after: .seconds(20)) { () -> String? in
            guard let metrics = try? await server.api.get("/metrics").text else { return "nothing" }
            func values(_ name: String) -> [Int] {
                metrics.split(separator: "\n").filter { $0.hasPrefix("codebox_pool_\(name){") }
                    .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
            }
            let isAtRest =
                values("waiting").count >= Language.allCases.count
                && values("waiting").allSatisfy { $0 == waitingEach }
                && values("target").allSatisfy { $0 == waitingEach }
                && values("making").allSatisfy { $0 == 0 }
            return isAtRest ? nil : metrics
        }
        if let restless {
            throw CodeBoxServer.Failed(description: "the pools don't come to rest:\n\(restless)")
        }
    }

    /// No sandbox, cgroup, mount or descriptor more than before, while the server still runs.
    func checkWhileIdle() async {
        server.closeClient()
        let grown = await remaining(after: .seconds(20)) {
            HostState.now(of: server.scratch).outnumbers(idle)
        }
        if let grown { Issue.record("left behind by finished jobs:\n\(grown)\(server.log)") }

        let warden = await remaining(after: .seconds(5)) { () -> String? in
            guard let now = server.part(.warden) else { return "there is no warden" }
            let zygotes = HostState.now(of: server.scratch).zygotes.count - idle.zygotes.count
            let allowance = max(0, zygotes) * Self.descriptorsOfZygote
            return Self.count(now) > wardenDescriptors + allowance
                ? "\(wardenDescriptors) → \(now.descriptors)" : nil
        }
        if let warden { Issue.record("descriptors left open in the warden: \(warden)") }

        // The store's readers open their connections when first needed; nothing else may stay.
        let allowance = 24
        let service = await remaining(after: .seconds(5)) { () -> String? in
            guard let now = server.part(.server) else { return "there is no server" }
            return now.descriptorCount > serverDescriptors + allowance
                ? "\(serverDescriptors) → \(now.descriptors)" : nil
        }
        if let service { Issue.record("descriptors left open in the server: \(service)") }
    }

    /// Nothing of the server is left on the machine once it has ended, however it ended.
    func checkAfterEnd() async {
        let grown = await remaining(after: .seconds(10)) {
            HostState.now(of: server.scratch).grown(since: server.before)
        }
        if let grown { Issue.record("left behind by the server:\n\(grown)\(server.log)") }
        let data = server.scratch.data
        let processes = await remaining(after: .seconds(5)) { () -> [HostProcess]? in
            let alive = HostProcess.all().filter { $0.arguments.contains(data) }
            return alive.isEmpty ? nil : alive
        }
        if let processes { Issue.record("still running: \(processes)") }
        let files = server.scratch.temporaryFiles
        if !files.isEmpty { Issue.record("temporary files left behind: \(files)") }
    }
}
