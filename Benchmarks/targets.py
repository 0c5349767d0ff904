"""The figures CodeBox set out to reach, against those of this run."""

MEGABYTE = 1e6

# (what, how it is told, {language: bound}); a bound is a share of the bare interpreter's median, a
# multiple of its jobs a second, or megabytes.
LATENCY = (
    ("POST /v1/run, warm, 20 ms between, p50", "warm", "gap", "p50_ms", 1 / 10, 1 / 20),
    ("the same, p99", "warm", "gap", "p99_ms", 1 / 4, 1 / 8),
    ("POST /v1/run, warm, no gap, p50", "warm", "idle", "p50_ms", 1 / 10, 1 / 20),
    ("the same, p99", "warm", "idle", "p99_ms", 1 / 4, 1 / 8),
    ("POST /v1/jobs and wait (durable), p50", "durable", "gap", "p50_ms", 1 / 4, 1 / 8),
    ("pool empty (on demand), p50", "demand", "gap", "p50_ms", 1 / 3, 1 / 8),
)
SUSTAINED = "sustained jobs/s, 32 in flight", {"python": 4, "node": 7}
MEMORY = "memory per waiting sandbox (PSS)", {"python": 1.5, "node": 5}


def judge(results):
    """[{"what", language: {"text", "bound", "reached"}}]; a language is left out where a figure
    was not measured."""
    rows = [
        {"what": what, **_latency(results, who, way, figure, {"python": python, "node": node})}
        for what, who, way, figure, python, node in LATENCY
    ]
    rows.append({"what": SUSTAINED[0], **_sustained(results, SUSTAINED[1])})
    rows.append({"what": MEMORY[0], **_memory(results, MEMORY[1])})
    return rows


def _latency(results, who, way, figure, bounds):
    found = {}
    for language, cells in results.get("latency", {}).get("hello", {}).items():
        if who in cells and "bare" in cells:
            took, bare = cells[who][way][figure], cells["bare"][way]["p50_ms"]
            found[language] = {
                "text": f"{took:.2f} ms, 1/{bare / took:.1f} of {bare:.1f} ms",
                "bound": f"≤ 1/{1 / bounds[language]:.0f}",
                "reached": took <= bare * bounds[language],
            }
    return found


def _sustained(results, bounds):
    found = {}
    for language, cells in results.get("sustained", {}).items():
        if "warm" in cells and "bare" in cells:
            rate, bare = cells["warm"]["per_second"], _best_bare(results, language)
            found[language] = {
                "text": f"{rate:.0f}, {rate / bare:.1f} × {bare:.0f}",
                "bound": f"≥ {bounds[language]} ×",
                "reached": rate >= bare * bounds[language],
            }
    return found


def _best_bare(results, language):
    """Bare exec's best on all cores, however many in flight that was with."""
    latency = results.get("latency", {}).get("hello", {}).get(language, {}).get("bare", {})
    busy = [cell["per_second"] for way, cell in latency.items() if way.startswith("busy")]
    return max([results["sustained"][language]["bare"]["per_second"], *busy])


def _memory(results, bounds):
    found = {}
    for language, weighed in results.get("memory", {}).items():
        if weighed.get("sandboxes"):
            megabytes = weighed["pss_bytes"] / MEGABYTE
            found[language] = {
                "text": f"{megabytes:.2f} MB of {weighed['sandboxes']} waiting",
                "bound": f"≤ {bounds[language]} MB",
                "reached": megabytes <= bounds[language],
            }
    return found
