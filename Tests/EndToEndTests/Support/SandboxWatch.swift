/// Sees the programs of jobs from outside, by an argument that only they have.
struct SandboxWatch: Sendable {
    /// To be given to the job as one of its `args`.
    let mark = "watched-\(UInt64.random(in: 0 ... .max))"

    var processes: [HostProcess] { HostProcess.all().filter { $0.arguments.contains(mark) } }

    /// The job's processes, once there are as many; fails after 20 seconds.
    func appear(_ count: Int = 1) async throws -> [HostProcess] {
        let short = await remaining(after: .seconds(20)) { () -> Int? in
            let now = processes.count
            return now < count ? now : nil
        }
        if let short {
            throw CodeBoxServer.Failed(description: "\(short) of \(count) programs run")
        }
        return processes
    }

    /// What is still there after 5 seconds; nil if all are gone.
    func gone() async -> [HostProcess]? {
        await remaining(after: .seconds(5)) {
            let now = processes
            return now.isEmpty ? nil : now
        }
    }
}
