"""runc, with a bundle made of a runtime's image and about the isolation that CodeBox gives."""

import errno
import json
import os
import pathlib
import shutil
import subprocess

POLICY = (
    pathlib.Path(__file__).parent.parent / "Sources/Sandbox/CodeBoxWarden/Policy/seccomp.policy"
)
NAMESPACES = ("pid", "network", "ipc", "uts", "mount", "cgroup", "user")
MEBIBYTE = 1 << 20


def missing(bench):
    if not shutil.which("runc"):
        return "runc is not installed"
    if os.geteuid() != 0:
        return "runc is measured as root only"
    return None


class Runc:
    """Bundles and state lie in the run's scratch folder; every container has a name of its own."""

    def __init__(self, scratch):
        self.scratch = pathlib.Path(scratch) / "runc"
        self.state = self.scratch / "state"

    def argv(self, language, program, rootfs):
        bundle = self.scratch / f"{language.name}-{program.name}"
        bundle.mkdir(parents=True, exist_ok=True)
        specification = configuration(language.command(program), str(rootfs))
        (bundle / "config.json").write_text(json.dumps(specification))
        return [
            shutil.which("runc"), "--root", str(self.state), "run", "--bundle", str(bundle), "{}",
        ]  # fmt: skip

    def clean_up(self):
        """Ends what an interrupted run left behind; runc removes what ended by itself."""
        for container in self.state.iterdir() if self.state.is_dir() else ():
            subprocess.run(
                ["runc", "--root", str(self.state), "delete", "--force", container.name],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )


def system_calls():
    """CodeBox's policy as runc takes it; its conditions on arguments are left out."""
    groups = {}
    error = None
    for line in POLICY.read_text().splitlines():
        words = line.split("#")[0].split()
        if words[:1] == ["group"]:
            error = words[3].rstrip(":") if words[2] == "=" else None
        elif words and words[0] not in ("default", "newer"):
            names = words[: words.index("if")] if "if" in words else words
            groups.setdefault(error, set()).update(names)
    return [
        {"names": sorted(names), "action": "SCMP_ACT_ALLOW"}
        if error is None
        else {
            "names": sorted(names),
            "action": "SCMP_ACT_ERRNO",
            "errnoRet": getattr(errno, error),
        }
        for error, names in groups.items()
    ]


def tmpfs(destination, options=()):
    return {
        "destination": destination, "type": "tmpfs", "source": "tmpfs",
        "options": ["nosuid", "nodev", "mode=1777", "size=64m", *options],
    }  # fmt: skip


def configuration(argv, rootfs):
    ids = [{"containerID": 0, "hostID": 100_000, "size": 65_536}]
    return {
        "ociVersion": "1.0.2",
        "hostname": "codebox",
        "root": {"path": rootfs, "readonly": True},
        "process": {
            "terminal": False,
            "user": {"uid": 1000, "gid": 1000},
            "args": argv,
            "env": ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"],
            "cwd": "/workspace",
            "capabilities": {},
            "rlimits": [{"type": "RLIMIT_NOFILE", "hard": 256, "soft": 256}],
            "noNewPrivileges": True,
        },
        "mounts": [
            {"destination": "/proc", "type": "proc", "source": "proc"},
            {
                "destination": "/dev", "type": "tmpfs", "source": "tmpfs",
                "options": ["nosuid", "strictatime", "mode=755", "size=64k"],
            },
            tmpfs("/dev/shm", ["noexec"]), tmpfs("/tmp"), tmpfs("/workspace"),
        ],
        "linux": {
            "namespaces": [{"type": name} for name in NAMESPACES],
            "uidMappings": ids,
            "gidMappings": ids,
            "resources": {
                "devices": [{"allow": False, "access": "rwm"}],
                "memory": {"limit": 128 * MEBIBYTE},
                "cpu": {"quota": 100_000, "period": 100_000},
                "pids": {"limit": 64},
            },
            "seccomp": {
                "defaultAction": "SCMP_ACT_ERRNO",
                "architectures": ["SCMP_ARCH_X86_64"] if os.uname().machine == "x86_64" else [],
                "syscalls": system_calls(),
            },
            "maskedPaths": ["/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug"],
            "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys"],
        },
    }  # fmt: skip
