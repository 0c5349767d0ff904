import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// `codebox` as an ordinary user: what it does in delegated cgroups, and what it says where
    /// something is missing. The suites of the sandbox run once more as one (`CODEBOX_TEST_USER`).
    @Suite(.enabled(if: geteuid() == 0, "only root can play another user"))
    struct RootlessTests {
        private static let uid: UInt32 = 1000

        // MARK: Running

        @Test("an ordinary user's server runs jobs in delegated cgroups, forked and exec'ed")
        func server() async throws {
            try await withServer(user: try OrdinaryUser(uid: Self.uid)) { server in
                for part in [CodeBoxServer.Part.server, .warden] {
                    let process = try #require(server.part(part))
                    #expect(process.status("Uid")?.hasPrefix("\(Self.uid)\t") == true)
                }
                for language in Language.allCases {
                    let job = try await server.api.run(JobBody(language, language.hello))
                    #expect(job.outcome == "exited", "\(job.error ?? "")")
                }
                var isForked = false
                for _ in 0..<100 where !isForked {
                    let job = try await server.api.run(JobBody(.python, "print(1)"))
                    isForked = job.timings?.forked == true
                    if !isForked { try await Task.sleep(for: .milliseconds(100)) }
                }
                #expect(isForked, "no zygote came up\(server.log)")
                let greedy = JobBody(.python, "b = bytearray(256 << 20)").limited {
                    $0.memoryBytes = 48 << 20
                }
                #expect(try await server.api.run(greedy).outcome == "memory_exceeded")
            }
        }

        /// The user in /etc/passwd, with ranges of ids.
        private static let ranges = """
            echo 'codebox-test:x:1000:1000::/nonexistent:/bin/sh' > "$TMPDIR/passwd"
            echo 'codebox-test:3000000:65536' > "$TMPDIR/subid"
            mount --bind "$TMPDIR/passwd" /etc/passwd
            mount --bind "$TMPDIR/subid" /etc/subuid
            mount --bind "$TMPDIR/subid" /etc/subgid
            rm "$TMPDIR/passwd" "$TMPDIR/subid"
            """

        @Test(
            "with ranges of ids in /etc/subuid, each sandbox has host ids of its own"
        )
        func subordinateIDs() async throws {
            var user = try OrdinaryUser(uid: Self.uid)
            user.preparation = Self.ranges
            try await withServer(environment: ["CODEBOX_SLOTS": "4"], user: user) { server in
                try await server.ready()
                let warden = try #require(server.part(.warden))
                #expect(warden.status("Uid")?.hasPrefix("\(Self.uid)\t") == true)
                #expect(warden.status("NSpid")?.split(separator: "\t").last == "1")
                for zygotes in [true, false] {
                    try await checkIDs(server, zygotes: zygotes)
                }
            }
        }

        private func checkIDs(_ server: CodeBoxServer, zygotes: Bool) async throws {
            let watch = SandboxWatch()
            let body = JobBody(.python, "import time; time.sleep(3600)").with {
                $0.files = [watch.file]
                $0.zygote = zygotes ? nil : "off"
            }
            let ids = [try await server.api.submit(body).id, try await server.api.submit(body).id]
            let users = try await watch.appear(2).map { process in
                Set((process.status("Uid") ?? "").split(separator: "\t").compactMap { UInt32($0) })
            }
            #expect(users.count == 2)
            #expect(Set(users.flatMap { $0 }).count == 2, "\(users)")
            for uid in users.flatMap({ $0 }) { #expect((3_000_000..<3_065_536).contains(uid)) }
            for id in ids { _ = try await server.api.send("DELETE", "/v1/jobs/\(id)") }
            #expect(await watch.gone() == nil)
        }

        @Test("`doctor` says whether each sandbox has ids of its own", arguments: [true, false])
        func idsInDoctor(_ hasRanges: Bool) async throws {
            var user = try OrdinaryUser(uid: Self.uid)
            if hasRanges { user.preparation = Self.ranges }
            let scratch = try Scratch()
            defer { scratch.remove() }
            scratch.give(to: Self.uid)
            let command = user.command(["doctor"], in: scratch.path)
            var environment = Installation.environment(scratch: scratch.path)
            environment["CODEBOX_DATA_DIR"] = scratch.data
            let process = try ChildProcess(
                command.path, command.arguments, environment: environment)
            #expect(await process.wait(within: .seconds(40)) == .code(0))
            _ = await process.stdout.end(within: .seconds(5))
            let text = process.stdout.text
            if hasRanges {
                #expect(text.contains("each sandbox has ids of its own, of 65536 from 3000000"))
            } else {
                #expect(text.contains("all sandboxes have uid 1000: no range in /etc/subuid"))
                #expect(text.contains("usermod --add-subuids"))
            }
        }

        // MARK: What is missing

        /// Ends `codebox run`, which must fail, and returns what it printed.
        private func failure(
            _ user: OrdinaryUser, prefix: [String] = [],
            _ arguments: [String] = ["run", "hello.sh"]
        ) async throws -> String {
            var text = ""
            try await CodeBoxCommand.use { codebox in
                codebox.scratch.give(to: Self.uid)
                _ = try codebox.scratch.file("hello.sh", "echo ran\n")
                let words = arguments.map {
                    $0 == "hello.sh" ? codebox.scratch.path + "/hello.sh" : $0
                }
                let command = user.command(words, in: codebox.scratch.path, prefix: prefix)
                var environment = Installation.environment(scratch: codebox.scratch.path)
                environment["CODEBOX_DATA_DIR"] = codebox.scratch.data
                let process = try ChildProcess(
                    command.path, command.arguments, environment: environment)
                let result = try await codebox.finish(process)
                #expect(result.exit != .code(0), "\(result)")
                #expect(!result.stdout.contains("ran\n"), "\(result)")
                text = result.stdout + result.stderr
            }
            return text
        }

        private func filter(_ refusal: SyscallRefusal, _ scratch: Scratch) throws -> [String] {
            let file = scratch.path + "/filter"
            try refusal.program().write(to: URL(fileURLWithPath: file))
            let probe = URL(fileURLWithPath: HostProcess.link(getpid(), "exe"))
                .deletingLastPathComponent().appendingPathComponent("sandbox-probe").path
            return [probe, "--filter", file, "exec"]
        }

        private func expect(
            _ text: String, says words: [String], at location: SourceLocation = #_sourceLocation
        ) {
            #expect(!text.contains("went away"), "\(text)", sourceLocation: location)
            for word in words {
                #expect(
                    text.contains(word), "no '\(word)' in \(text)", sourceLocation: location)
            }
        }

        @Test(
            "without a cgroup of the user's own, `run` and `doctor` name the folder and the remedy",
            arguments: [["run", "hello.sh"], ["doctor"], ["serve", "--port", "0"]])
        func noDelegation(_ arguments: [String]) async throws {
            let user = try OrdinaryUser(uid: Self.uid, isDelegated: false)
            let text = try await failure(user, arguments)
            let remedy =
                HostProcess.read("/proc/mounts")?.contains(" cgroup rw") == true
                ? "chown it to the service's user" : "Delegate=memory cpu pids"
            expect(text, says: ["/sys/fs/cgroup", remedy])
            if arguments == ["doctor"] {
                let probe = text.split(separator: "\n").filter { $0.contains("probe job") }
                #expect(!probe.isEmpty && probe.allSatisfy { $0.contains("/sys/fs/cgroup") })
            }
        }

        @Test("in cgroups that can't be written to, the message names the folder and the reason")
        func readOnlyCgroups() async throws {
            var user = try OrdinaryUser(uid: Self.uid)
            user.preparation = """
                awk '$3 ~ /^cgroup/ { print $2 }' /proc/mounts | while read -r folder; do
                    mount -o remount,bind,ro "$folder"
                done
                """
            expect(
                try await failure(user),
                says: ["/sys/fs/cgroup", "/delegated-", "ead-only file system"])
        }

        @Test("where a controller is missing, the message names it")
        func noController() async throws {
            var user = try OrdinaryUser(uid: Self.uid)
            let isOld = HostProcess.read("/proc/mounts")?.contains("/sys/fs/cgroup/pids ") == true
            // Of v2, nothing is left: its controllers can't be taken away from one cgroup alone.
            user.preparation = "umount --lazy /sys/fs/cgroup\(isOld ? "/pids" : "")"
            expect(try await failure(user), says: ["no hierarchy has", "pids"])
        }

        @Test("where a sysctl allows no user namespace, the message names it and its command")
        func noUserNamespaces() async throws {
            var user = try OrdinaryUser(uid: Self.uid)
            let scratch = try Scratch()
            defer { scratch.remove() }
            // The sysctl is that of the new namespace alone.
            let file = try scratch.file("namespace.py", program("in_a_full_user_namespace.py"))
            user.preparation = "set -- python3 '\(file)' \"$@\""
            expect(
                try await failure(user),
                says: [
                    "user namespaces are refused", "user/max_user_namespaces is 0",
                    "sysctl -w user.max_user_namespaces=",
                ])
        }

        @Test(
            "where a filter or a module refuses user namespaces, the message says what to do",
            arguments: [
                (nil, "seccomp=unconfined"),
                ("unprivileged_userns_clone 0", "sysctl -w kernel.unprivileged_userns_clone=1"),
                ("apparmor_restrict_unprivileged_userns 1", "AppArmor profile"),
            ] as [(String?, String)])
        func refusedUserNamespaces(_ setting: String?, _ remedy: String) async throws {
            let scratch = try Scratch()
            defer { scratch.remove() }
            var user = try OrdinaryUser(uid: Self.uid)
            if let words = setting?.split(separator: " ") {
                // Neither is on every kernel.
                user.preparation = """
                    mount -t tmpfs tmpfs /proc/sys/kernel
                    echo \(words[1]) > /proc/sys/kernel/\(words[0])
                    """
            }
            let prefix = try filter(SyscallRefusal(calls: ["unshare"], errno: EPERM), scratch)
            expect(
                try await failure(user, prefix: prefix),
                says: ["user namespaces are refused: Operation not permitted", remedy])
        }

        @Test(
            "where clone3 is refused, `run`, `serve` and `doctor` say so and end",
            arguments: [EPERM, ENOSYS],
            [["run", "hello.sh"], ["serve", "--port", "0"], ["doctor"], ["doctor", "--json"]])
        func noClone3(_ code: Int32, _ arguments: [String]) async throws {
            let scratch = try Scratch()
            defer { scratch.remove() }
            let prefix = try filter(SyscallRefusal(calls: ["clone3"], errno: code), scratch)
            let text = try await failure(
                try OrdinaryUser(uid: Self.uid), prefix: prefix, arguments)
            expect(text, says: ["clone3", "seccomp=unconfined"])
            if code == EPERM { expect(text, says: ["clone3 returns EPERM"]) }
        }

        @Test("where newuidmap fails, the message is its own, with the remedy")
        func failingMap() async throws {
            var user = try OrdinaryUser(uid: Self.uid)
            // A filter of system calls sets no_new_privs, without which newuidmap has no right.
            user.preparation = Self.ranges + "\nset -- setpriv --no-new-privs \"$@\""
            expect(
                try await failure(user),
                says: ["newuidmap can't map this user's subordinate ids", "/etc/subuid"])
        }
    }
}
