"""What waiting sandboxes cost in memory, and a thousand of them at once."""

import statistics
import time

import processes
from server import Server

FILL_SECONDS = 90
STUCK_SECONDS = 8
GIBIBYTE = 1 << 30
# A waiting sandbox that was just made has not been touched by the warming yet.
SETTLE_SECONDS = 2


def filled(bench, language, count):
    """A server with that many sandboxes waiting for one language alone."""
    settings = {
        "CODEBOX_WARM_POOL_MINIMUM": str(count),
        "CODEBOX_WARM_POOL_MAXIMUM": str(count),
        "CODEBOX_WARM_POOL_MEMORY_BYTES": str(16 * GIBIBYTE),
        "CODEBOX_WARM_POOL_MAX_AGE_SECONDS": "3600",
    }
    return Server(bench.codebox, bench.data_dir, settings, [language.name])


def wait_until_filled(server, count):
    """Seconds it took; less than `count` wait if they are not there in time or come no more."""
    begun = grown = time.monotonic()
    most = 0
    while True:
        waiting = server.metric("codebox_pool_waiting") or 0
        now = time.monotonic()
        if waiting > most:
            most, grown = waiting, now
        if waiting >= count or now - begun > FILL_SECONDS or now - grown > STUCK_SECONDS:
            return grown - begun
        time.sleep(0.02)


def measure(server):
    """Medians over the waiting sandboxes, bytes."""
    warden = server.part("warden")
    proportional, private, kernel, sizes = [], [], [], []
    for pids in processes.sandboxes(warden).values():
        parts = list(filter(None, map(processes.memory, pids)))
        if not parts:
            continue
        proportional.append(sum(part["Pss"] for part in parts))
        private.append(sum(part["Private_Clean"] + part["Private_Dirty"] for part in parts))
        kernel.append(processes.kernel_memory(pids[0]) or 0)
        sizes.append(len(pids))
    if not sizes:
        return {"sandboxes": 0}
    zygotes = [processes.memory(pid).get("Pss", 0) for pid in processes.zygotes(warden)]
    return {
        "sandboxes": len(sizes),
        "processes": statistics.median(sizes),
        "pss_bytes": statistics.median(proportional),
        "private_bytes": statistics.median(private),
        "kernel_bytes": statistics.median(kernel),
        "zygote_pss_bytes": max(zygotes, default=0),
        "warden_pss_bytes": processes.memory(warden).get("Pss", 0),
        "server_pss_bytes": processes.memory(server.part("server")).get("Pss", 0),
    }


def waiting(bench, language, count):
    with filled(bench, language, count) as server:
        seconds = wait_until_filled(server, count)
        time.sleep(SETTLE_SECONDS)
        return measure(server) | {"wanted": count, "fill_seconds": seconds}


def many(bench, language, count, drain):
    """Fills a pool with so many, weighs it, and `drain`s it with as many jobs at once."""
    before = processes.available_memory()
    with filled(bench, language, count) as server:
        seconds = wait_until_filled(server, count)
        time.sleep(SETTLE_SECONDS)
        found = measure(server) | {"wanted": count, "fill_seconds": seconds}
        found["machine_bytes"] = before - processes.available_memory()
        if found["sandboxes"]:
            found["drain"] = drain(server, language, count)
    return found
