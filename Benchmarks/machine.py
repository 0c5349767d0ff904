"""What the figures were measured on."""

import os
import platform
import re


def describe():
    return {
        "cpu": _first(r"^model name\s*: (.*)$", "/proc/cpuinfo") or platform.machine(),
        "cpus": os.cpu_count(),
        "memory_bytes": int(_first(r"^MemTotal: +(\d+)", "/proc/meminfo")) * 1024,
        "kernel": f"Linux {platform.release()}",
        "cgroup": "v2" if os.path.exists("/sys/fs/cgroup/cgroup.controllers") else "v1",
        "hypervisor": bool(_first(r"^flags\s*:.*\b(hypervisor)\b", "/proc/cpuinfo")),
    }


def sentence(machine):
    return (
        f"{machine['cpus']} CPUs ({machine['cpu']}{', virtual' if machine['hypervisor'] else ''}), "
        f"{machine['memory_bytes'] / (1 << 30):.0f} GiB, {machine['kernel']}, "
        f"cgroup {machine['cgroup']}")  # fmt: skip


def _first(pattern, path):
    with open(path) as file:
        found = re.search(pattern, file.read(), re.MULTILINE)
    return found[1] if found else None
