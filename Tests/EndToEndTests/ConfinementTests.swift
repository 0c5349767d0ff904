import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What a running server may still do.
    @Suite
    struct ConfinementTests {
        @Test("the server runs under a seccomp filter and no_new_privs, all of its threads")
        func filtered() async throws {
            try await withServer { server in
                let process = try #require(server.part(.server))
                _ = try await server.api.run(JobBody(.bash, "true"))
                let threads = try FileManager.default.contentsOfDirectory(
                    atPath: "/proc/\(process.pid)/task")
                #expect(threads.count > 1)
                for thread in threads {
                    let status = try #require(
                        HostProcess.read("/proc/\(process.pid)/task/\(thread)/status"))
                    #expect(status.contains("\nSeccomp:\t2\n"), "thread \(thread)")
                    #expect(status.contains("\nNoNewPrivs:\t1\n"), "thread \(thread)")
                }
            }
        }

        /// Landlock cannot be asked about from outside, so the server is given something to trip
        /// over: a tag that is a link to a file that everybody may read.
        @Test("the server reads nothing outside of its folders, though its user may")
        func landlocked() async throws {
            let scratch = try Scratch()
            defer { scratch.remove() }
            let tags = scratch.data + "/tags"
            let files = FileManager.default
            try files.removeItem(atPath: tags)
            try files.createDirectory(atPath: tags, withIntermediateDirectories: true)
            for language in ["bash", "python"] {
                try files.copyItem(
                    atPath: Installation.sharedData + "/tags/" + language,
                    toPath: tags + "/" + language)
            }
            let outside = try scratch.file(
                "bash", String(contentsOfFile: tags + "/bash", encoding: .utf8))
            try files.removeItem(atPath: tags + "/bash")
            try files.createSymbolicLink(atPath: tags + "/bash", withDestinationPath: outside)
            #expect(chmod(outside, 0o644) == 0)

            let server = try await CodeBoxServer(scratch: scratch)
            try await server.ready()
            let python = try await server.api.run(JobBody(.python, "print('here')"))
            #expect(python.stdout.text == "here\n")
            let bash = try await server.api.post("/v1/run", JobBody(.bash, "echo here"))
            #expect(bash.status == 503, "\(bash.text)")
            #expect(bash.text.contains("runtime_not_built"))

            // The same bytes in a file of the folder's own are read.
            try files.removeItem(atPath: tags + "/bash")
            try files.copyItem(atPath: outside, toPath: tags + "/bash")
            let again = try await server.api.run(JobBody(.bash, "echo here"))
            #expect(again.stdout.text == "here\n")
            try await server.stop()
        }
    }
}
