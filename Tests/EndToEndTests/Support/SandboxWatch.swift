import Glibc

/// Finds the programs of jobs from outside, by a file that only their workspace has, or an
/// argument: a forked interpreter's command line is its zygote's.
struct SandboxWatch: Sendable {
    let mark = "watched-\(UInt64.random(in: 0 ... .max))"

    /// To be one of the job's files.
    var file: JobBody.File { JobBody.File(mark, "") }

    /// All of their processes but PID 1.
    var processes: [HostProcess] {
        HostProcess.all().filter { process in
            process.arguments.contains(mark)
                || access("/proc/\(process.pid)/root/workspace/\(mark)", F_OK) == 0
                    && process.status("NSpid")?.hasSuffix("\t1") == false
        }
    }

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

    /// The programs that remain after 5 seconds; nil if all are gone.
    func gone() async -> [HostProcess]? {
        await remaining(after: .seconds(5)) {
            let now = processes
            return now.isEmpty ? nil : now
        }
    }
}
