"""POST /v1/batch: many programs in one call, results streamed as they end."""

import http.client
import json
import time

READ_BYTES = 1 << 16
REST_SECONDS = 0.5


def run(server, jobs, expected, timeout=120):
    """Seconds until the first and until the last result, each checked; None without that route."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=timeout)
    body = json.dumps({"jobs": jobs}).encode()
    try:
        begun = time.perf_counter()
        connection.request("POST", "/v1/batch", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise SystemExit(f"POST /v1/batch answered {answer.status}: {answer.read(2000)!r}")
        pieces, first = [], None
        while piece := answer.read1(READ_BYTES):
            first = first or time.perf_counter()
            pieces.append(piece)
        ended = time.perf_counter()
    finally:
        connection.close()
    *lines, last = b"".join(pieces).splitlines()
    wrong = [line for line in lines if expected not in line]
    if wrong or len(lines) != len(jobs) or not json.loads(last).get("done"):
        raise SystemExit(
            f"{len(jobs)} jobs in a batch gave {len(lines)} results, of which {len(wrong)} wrong: "
            f"{wrong[:1]!r}; the last line is {last!r}")  # fmt: skip
    return {"first_ms": (first - begun) * 1e3, "seconds": ended - begun, "jobs": len(jobs)}


def measure(server, language, count, rounds):
    """All rounds together; a pause before each, in which pools fill up again."""
    program = language.programs[0]
    jobs = [language.job(program)] * count
    runs = []
    for _ in range(rounds):
        time.sleep(REST_SECONDS)
        ran = run(server, jobs, language.answer(program))
        if ran is None:
            return None
        runs.append(ran)
    return {
        "jobs": sum(ran["jobs"] for ran in runs),
        "first_ms": min(ran["first_ms"] for ran in runs),
        "per_second": sum(ran["jobs"] for ran in runs) / sum(ran["seconds"] for ran in runs),
    }
