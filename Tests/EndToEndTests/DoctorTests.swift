import Foundation
import Glibc
import Testing

extension EndToEnd {
    /// What `codebox doctor` says of machines that are not fit, and what it advises.
    @Suite(.enabled(if: geteuid() == 0, "only root can make a machine look unfit"))
    struct DoctorTests {
        private func visit(
            _ change: (inout DoctorVisit) throws -> Void = { _ in },
            _ body: (DoctorVisit) async throws -> Void
        ) async throws {
            try await CodeBoxCommand.use { codebox in
                var visit = DoctorVisit(codebox: codebox)
                try change(&visit)
                try await body(visit)
            }
        }

        @Test(
            "kernel: calls that it lacks are named with the version that has them",
            arguments: [
                ("clone3", "5.3"), ("pidfd_open", "5.3"), ("fsopen", "5.2"), ("close_range", "5.9"),
                ("mount_setattr", "5.12"),
            ])
        func oldKernel(_ call: String, _ version: String) async throws {
            try await visit {
                $0.refusal = SyscallRefusal(calls: [call], errno: ENOSYS)
            } _: {
                try await $0.expect(
                    "kernel", "fail", detail: "\(call) (since \(version))",
                    remedy: "Linux 5.12 or newer")
            }
        }

        @Test("kernel: where a container's filter forbids a call, the remedy is about that")
        func filteredKernel() async throws {
            try await visit {
                $0.refusal = SyscallRefusal(calls: ["mount_setattr"], errno: EPERM)
            } _: {
                try await $0.expect(
                    "kernel", "fail", detail: "mount_setattr",
                    remedy: "outside this container", "--security-opt seccomp=unconfined")
            }
        }

        @Test("namespaces: a sysctl that allows no user namespace is named, with its command")
        func noUserNamespaces() async throws {
            try await visit {
                $0.isInUserNamespace = true
                $0.inner = "echo 0 > /proc/sys/user/max_user_namespaces"
            } _: {
                try await $0.expect(
                    "namespaces", "fail", detail: "user/max_user_namespaces is 0",
                    remedy: "sysctl -w user.max_user_namespaces=")
            }
        }

        @Test(
            "namespaces: what else refuses user namespaces is named, with its remedy",
            arguments: [
                ("unprivileged_userns_clone", "0", "sysctl -w kernel.unprivileged_userns_clone=1"),
                ("apparmor_restrict_unprivileged_userns", "1", "AppArmor profile"),
                ("apparmor_restrict_unprivileged_userns", "0", "seccomp=unconfined"),
            ])
        func refusedUserNamespaces(_ name: String, _ value: String, _ remedy: String) async throws {
            try await visit {
                // Neither is on every kernel; the check reads them and nothing else does.
                $0.preparation = """
                    mount -t tmpfs tmpfs /proc/sys/kernel
                    echo \(value) > /proc/sys/kernel/\(name)
                    """
                $0.refusal = SyscallRefusal(calls: ["unshare"], errno: EPERM)
            } _: {
                try await $0.expect("namespaces", "fail", remedy: remedy)
            }
        }

        @Test("namespaces: of the other kinds, the refused one is named")
        func noNetworkNamespaces() async throws {
            try await visit {
                $0.isInUserNamespace = true
                $0.inner = "echo 0 > /proc/sys/user/max_net_namespaces"
            } _: {
                try await $0.expect(
                    "namespaces", "fail", detail: "refuses net:",
                    remedy: "/proc/sys/user/max_*_namespaces")
            }
        }

        @Test("namespaces: a filter that allows them but nothing in them is named")
        func filteredHostName() async throws {
            try await visit {
                $0.refusal = SyscallRefusal(calls: ["sethostname"], errno: EPERM)
            } _: {
                try await $0.expect(
                    "namespaces", "fail", detail: "sethostname is refused",
                    remedy: "--security-opt seccomp=unconfined")
            }
        }

        @Test("capabilities: those that a container has taken from root are named, with its option")
        func missingCapabilities() async throws {
            try await visit {
                $0.preparation = """
                    set -- setpriv --bounding-set -net_admin,-sys_admin "$@"
                    """
                $0.environment["CODEBOX_DATA_DIR"] = $0.codebox.scratch.data
            } _: { visit in
                try await visit.expect(
                    "capabilities", "fail", detail: "NET_ADMIN,SYS_ADMIN",
                    remedy: "--cap-add NET_ADMIN,SYS_ADMIN", "ordinary user")
                let probe = try await visit.checks().first { $0.name.hasPrefix("probe job") }
                #expect(probe?.detail.contains("root lacks the capabilities") == true)
            }
        }

        @Test("proc: where a container covers a part of it, that part is named")
        func coveredProc() async throws {
            try await visit {
                $0.preparation = "mount --bind /dev/null /proc/cmdline"
                $0.isInUserNamespace = true
            } _: {
                try await $0.expect(
                    "proc", "fail", detail: "/proc/cmdline covered",
                    remedy: "--security-opt systempaths=unconfined")
            }
        }

        @Test("proc: where it can't be mounted at all, the remedy is to be root")
        func noProc() async throws {
            try await visit {
                $0.refusal = SyscallRefusal(calls: ["mount"], errno: EPERM)
            } _: {
                try await $0.expect("proc", "fail", remedy: "run CodeBox as root")
            }
        }

        @Test("cgroups: where there are none, the remedy says what to mount")
        func noCgroups() async throws {
            try await visit {
                $0.preparation = "umount --recursive --lazy /sys/fs/cgroup"
            } _: {
                try await $0.expect(
                    "cgroups", "fail", remedy: "mount cgroup2 at /sys/fs/cgroup",
                    "cgroup_enable=memory")
            }
        }

        @Test("cgroups: where they can't be written to, the remedy names the folder")
        func readOnlyCgroups() async throws {
            try await visit {
                $0.preparation = """
                    awk '$3 ~ /^cgroup/ { print $2 }' /proc/mounts | while read -r folder; do
                        mount -o remount,bind,ro "$folder"
                    done
                    """
            } _: {
                try await $0.expect(
                    "cgroups", "fail", remedy: "/sys/fs/cgroup", "is not writable",
                    "/sys/fs/cgroup:rw")
            }
        }

        @Test("seccomp: a kernel without filters fails, with the option that it needs")
        func noSeccomp() async throws {
            try await visit {
                $0.refusal = SyscallRefusal(calls: ["seccomp"], errno: ENOSYS)
            } _: {
                try await $0.expect("seccomp", "fail", remedy: "CONFIG_SECCOMP_FILTER")
            }
        }

        @Test("landlock: a kernel without it is warned of, with the options that it needs")
        func noLandlock() async throws {
            try await visit {
                $0.refusal = SyscallRefusal(calls: ["landlock_create_ruleset"], errno: ENOSYS)
            } _: {
                try await $0.expect(
                    "landlock", "warn", remedy: "CONFIG_SECURITY_LANDLOCK", "lsm=")
            }
        }

        @Test("security modules: an AppArmor profile and an enforcing SELinux are warned of")
        func securityModules() async throws {
            try await visit {
                $0.preparation = """
                    mount -t tmpfs tmpfs /sys/fs
                    mkdir -p /sys/fs/selinux
                    echo 1 > /sys/fs/selinux/enforce
                    """
            } _: {
                try await $0.expect(
                    "security modules", "warn", detail: "SELinux", remedy: "ausearch -m avc")
            }
            try await visit {
                $0.preparation = """
                    mount -t tmpfs tmpfs /sys/module
                    mkdir -p /sys/module/apparmor/parameters
                    echo Y > /sys/module/apparmor/parameters/enabled
                    """
            } _: { visit in
                let profile = HostProcess.read("/proc/self/attr/current") ?? ""
                guard !profile.hasPrefix("unconfined") else {
                    return try await visit.expect(
                        "security modules", "ok", detail: "AppArmor does not confine us")
                }
                try await visit.expect(
                    "security modules", "warn", detail: "AppArmor", remedy: "pivot_root", "userns")
            }
        }

        @Test(
            "codebox-init: one that is missing or can't be executed fails, naming the folder's file"
        )
        func noInit() async throws {
            for isThere in [false, true] {
                try await visit {
                    $0.program = $0.codebox.scratch.path + "/bin/codebox"
                    $0.preparation = """
                        mkdir "$S/bin"
                        touch "$S/bin/codebox" \(isThere ? "\"$S/bin/codebox-init\"" : "")
                        mount --bind '\(Installation.binary)' "$S/bin/codebox"
                        """
                } _: {
                    try await $0.expect(
                        "codebox-init", "fail", detail: "/bin/codebox-init",
                        remedy: "install codebox-init, executable")
                }
            }
        }

        @Test(
            "service user: one that is missing, root or nobody fails, saying which to take",
            arguments: [
                ("no-such-user", "useradd"), ("root", "ordinary user"),
                ("nobody", "because other programs do"),
            ])
        func serviceUser(_ name: String, _ remedy: String) async throws {
            try await visit {
                $0.environment["CODEBOX_USER"] = name
            } _: {
                try await $0.expect(
                    "service user", "fail", detail: name, remedy: remedy, "--user")
            }
        }

        @Test(
            "disk: little room is warned of, hardly any fails",
            arguments: [("500m", "warn"), ("32m", "fail")])
        func disk(_ size: String, _ verdict: String) async throws {
            try await visit {
                $0.preparation = """
                    mkdir "$S/small"
                    mount -t tmpfs -o size=\(size) tmpfs "$S/small"
                    """
                $0.environment["CODEBOX_DATA_DIR"] = $0.codebox.scratch.path + "/small/data"
            } _: {
                try await $0.expect("disk", verdict, remedy: "free some space", "--data-dir")
            }
        }

        @Test("images: each that is missing, outdated or damaged has the command that builds it")
        func images() async throws {
            try await visit {
                let scratch = $0.codebox.scratch
                let files = FileManager.default
                let tags = scratch.data + "/tags"
                try files.removeItem(atPath: tags)
                try files.createDirectory(atPath: tags, withIntermediateDirectories: true)
                try files.copyItem(
                    atPath: Installation.sharedData + "/tags/python", toPath: tags + "/python")
                _ = try scratch.file(
                    "data/tags/node", String(repeating: "0123456789abcdef", count: 4) + "\n")
                let runtimes = scratch.path + "/runtimes"
                try files.copyItem(atPath: Installation.runtimes, toPath: runtimes)
                let manifest = runtimes + "/python/manifest.yaml"
                let text = try String(contentsOfFile: manifest, encoding: .utf8)
                _ = try scratch.file("runtimes/python/manifest.yaml", text + "\n# newer\n")
                $0.environment["CODEBOX_DATA_DIR"] = scratch.data
                $0.environment["CODEBOX_RUNTIMES_DIR"] = runtimes
            } _: { visit in
                try await visit.expect(
                    "image python", "warn", detail: "changed",
                    remedy: "codebox runtime build python")
                try await visit.expect(
                    "image bash", "warn", detail: "not built", remedy: "codebox runtime build bash")
                try await visit.expect(
                    "image node", "fail", detail: "damaged",
                    remedy: "codebox runtime build node --force")
            }
        }

        @Test("images: a runtime's manifest that can't be read is named")
        func brokenManifest() async throws {
            try await visit {
                let scratch = $0.codebox.scratch
                let runtimes = scratch.path + "/runtimes"
                try FileManager.default.copyItem(atPath: Installation.runtimes, toPath: runtimes)
                _ = try scratch.file("runtimes/python/manifest.yaml", "name: [\n")
                $0.environment["CODEBOX_RUNTIMES_DIR"] = runtimes
            } _: {
                try await $0.expect(
                    "images", "fail", detail: "runtimes/python/manifest.yaml",
                    remedy: "correct the named file")
            }
        }

        @Test("probe job: a job that does not end well fails, with the command that says more")
        func probeJob() async throws {
            try await visit {
                $0.environment["CODEBOX_LIMITS_CEILING_WALL_MS"] = "1"
                $0.environment["CODEBOX_ZYGOTES"] = "off"
                $0.environment["CODEBOX_DATA_DIR"] = $0.codebox.scratch.data
            } _: {
                try await $0.expect(
                    "probe job node", "fail", remedy: "codebox runtime test node")
            }
        }

        @Test("probe job: a ceiling below what a runtime needs is named")
        func lowCeiling() async throws {
            try await visit {
                // Node needs threads, and may have none.
                $0.environment["CODEBOX_LIMITS_CEILING_PROCESSES"] = "1"
                $0.environment["CODEBOX_DATA_DIR"] = $0.codebox.scratch.data
            } _: {
                try await $0.expect(
                    "probe job node", "fail", detail: "needs at least 11",
                    remedy: "raise limits.ceiling.processes")
            }
        }
    }
}
