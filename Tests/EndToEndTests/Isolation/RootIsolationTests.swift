import Foundation
import Testing

extension EndToEnd {
    /// The file system as a job sees it.
    @Suite(.server)
    struct RootIsolationTests {
        struct Mount: Sendable {
            var point: String
            var options: Set<String>
            var type: String
            var propagation: String
        }

        /// From /proc/self/mountinfo inside.
        func mounts() async throws -> [Mount] {
            let job = try await run(JobBody(.python, "print(open('/proc/self/mountinfo').read())"))
            return job.stdout.text.split(separator: "\n").compactMap { line in
                let halves = line.split(separator: " - ", maxSplits: 1)
                guard halves.count == 2 else { return nil }
                let left = halves[0].split(separator: " ")
                let right = halves[1].split(separator: " ")
                guard left.count >= 6, right.count >= 1 else { return nil }
                return Mount(
                    point: String(left[4]),
                    options: Set(left[5].split(separator: ",").map(String.init)),
                    type: String(right[0]), propagation: left[6...].joined(separator: " "))
            }
        }

        @Test("the root is read-only, nosuid and nodev")
        func rootIsReadOnly() async throws {
            let root = try #require(try await mounts().last { $0.point == "/" })
            #expect(root.options.isSuperset(of: ["ro", "nosuid", "nodev"]))
        }

        @Test("no mount but the known ones, all nosuid, writable only where it is meant")
        func mountTable() async throws {
            let all = try await mounts()
            let writable: Set = ["/workspace", "/tmp", "/dev/shm", "/proc"]
            for mount in all {
                #expect(mount.options.contains("nosuid"), "\(mount)")
                // /dev holds the devices; an entry of /proc is masked by being made /dev/null.
                if !(mount.point + "/").hasPrefix("/dev/") && !mount.point.hasPrefix("/proc/") {
                    #expect(mount.options.contains("nodev"), "\(mount)")
                }
                if !writable.contains(mount.point) && !mount.point.hasPrefix("/dev/") {
                    #expect(mount.options.contains("ro"), "\(mount)")
                }
            }
            for point in ["/workspace", "/tmp", "/dev/shm"] {
                #expect(all.last { $0.point == point }?.type == "tmpfs", "\(point)")
            }
            #expect(!all.contains { $0.point.hasPrefix("/sys") || $0.type.hasPrefix("cgroup") })
        }

        @Test("propagation is private everywhere")
        func propagation() async throws {
            for mount in try await mounts() {
                #expect(mount.propagation == "", "\(mount)")
            }
        }

        @Test("the host's paths are not told, and the old root can't be reached")
        func oldRoot() async throws {
            let found = try await probe(
                program("root_old_root.py"))
            #expect(found["above"]?.bool == true)
            #expect(["EACCES", "EPERM", "ENOENT"].contains(found["pid1"]?.string))
            #expect(["EACCES", "EPERM", "ENOENT"].contains(found["cwd1"]?.string))
            #expect(found["here"]?.bool == false)
            let top = Set(found["top"]?.array?.compactMap(\.string) ?? [])
            #expect(
                top.isDisjoint(with: [".old_root", "old_root", "oldroot", "put_old", "lost+found"]))
        }

        @Test("nothing outside the workspace, /tmp and /dev/shm can be written to")
        func writing() async throws {
            let found = try await probe(
                program("root_writing.py"))
            #expect(found == [])
        }

        @Test("the read-only root can't be made writable, entered anew or left")
        func remount() async throws {
            let found = try await probe(
                program("root_remount.py"))
            #expect(found.array?.count == 7)
            for answer in found.array ?? [] { #expect(answer == "EPERM") }
        }

        @Test("the writable places are tmpfs of the asked size, empty, and the job's own")
        func tmpfsSizes() async throws {
            let found = try await probe(
                """
                out = {}
                for place in ['/workspace', '/tmp', '/dev/shm']:
                    s = os.statvfs(place)
                    out[place] = {'size': s.f_blocks * s.f_frsize, 'files': len(os.listdir(place)),
                        'writable': attempt(lambda: open(place + '/x', 'w').close()),
                        'inodes': s.f_files}
                print(json.dumps(out))
                """
            ) { $0.limits = JobBody.Limits(workspaceBytes: 8 << 20) }
            for place in ["/workspace", "/tmp"] {
                #expect(found[place]?["size"]?.int == 8 << 20)
            }
            let shm = try #require(found["/dev/shm"]?["size"]?.int)
            #expect(shm > 0 && shm <= 128 << 20)
            for (place, facts) in found.object ?? [:] {
                #expect(facts["writable"] == .null, "\(place)")
                let inodes = facts["inodes"]?.int ?? 0
                #expect(inodes > 0 && inodes < 1_000_000, "\(place) has a bounded number of inodes")
                if place != "/workspace" { #expect(facts["files"]?.int == 0, "\(place)") }
            }
        }

        @Test(
            "/dev holds null, zero, full, random, urandom, terminals and the fd links, nothing else"
        )
        func devices() async throws {
            let found = try await probe(
                program("root_devices.py"))
            let allowed: Set = [
                "null", "zero", "full", "random", "urandom", "fd", "stdin", "stdout", "stderr",
                "shm", "tty", "ptmx", "pts",
            ]
            let names = Set(found["names"]?.array?.compactMap(\.string) ?? [])
            #expect(names == allowed)
            #expect(
                found["numbers"] == [
                    "null": [1, 3], "zero": [1, 5], "full": [1, 7], "random": [1, 8],
                    "urandom": [1, 9], "tty": [5, 0],
                ])
            #expect(found["null"] == 1)
            #expect(found["zero"] == true)
            #expect(found["full"] == "ENOSPC")
            #expect(found["random"] == 16)
            #expect(found["mknod"] == "EPERM")
            #expect(found["tty"] == "ENXIO")
        }

        @Test("there is no /sys worth the name")
        func noSys() async throws {
            let found = try await probe(
                """
                print(json.dumps(os.listdir('/sys') if os.path.isdir('/sys') else []))
                """)
            #expect(found == [])
        }

        @Test("the dangerous entries of /proc are masked")
        func procMasks() async throws {
            let found = try await probe(
                program("root_proc_masks.py"))
            for path in ["kcore", "keys", "timer_list", "kmsg", "sysrq-trigger", "sched_debug"] {
                let answer = found["/proc/\(path)"]
                let harmless: Set<JSONValue> = [0, "EACCES", "EPERM", "ENOENT", "EINVAL"]
                #expect(answer.map(harmless.contains) == true, "\(path): \(answer?.text ?? "")")
            }
            // They count what the machine does, or name it: empty, or not in this kernel.
            for path in [
                "vmstat", "zoneinfo", "diskstats", "buddyinfo", "schedstat", "softirqs",
                "partitions", "swaps", "locks", "sys/kernel/random/boot_id",
            ] {
                #expect([0, "ENOENT"].contains(found["/proc/\(path)"]), "\(path)")
            }
            for path in ["acpi", "scsi", "asound", "irq"] {
                let answer = found["/proc/\(path)"]
                #expect(
                    [0, "EACCES", "EPERM", "ENOENT"].contains(answer),
                    "\(path): \(answer?.text ?? "")")
            }
        }

        /// A sandbox leaves out covers that its kernel has no use for, and no others.
        @Test("every entry of /proc that is masked, and that this kernel has, is covered")
        func procCovers() async throws {
            let names = [
                "kcore", "keys", "key-users", "kmsg", "kallsyms", "timer_list", "sysrq-trigger",
                "latency_stats", "sched_debug", "modules", "interrupts", "config.gz",
                "vmallocinfo", "slabinfo", "pagetypeinfo", "iomem", "ioports", "kpagecount",
                "kpageflags", "kpagecgroup", "cmdline", "vmstat", "zoneinfo", "diskstats",
                "buddyinfo", "schedstat", "softirqs", "partitions", "swaps", "locks", "acpi",
                "asound", "bus", "driver", "fs", "irq", "scsi", "tty", "dynamic_debug", "pressure",
            ]
            let covered = Set(try await mounts().map(\.point))
            let present = names.filter { access("/proc/\($0)", F_OK) == 0 }
            #expect(present.count > 20, "this machine's own /proc is masked")
            for name in present + ["sys", "sys/kernel/random/boot_id"] {
                #expect(covered.contains("/proc/\(name)"), "\(name)")
            }
        }

        @Test("/proc can't be used to change the kernel")
        func procWrites() async throws {
            let found = try await probe(
                program("root_proc_writes.py"))
            #expect(found == [])
        }
    }
}
