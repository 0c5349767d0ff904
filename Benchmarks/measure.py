"""Samples of one contender, one at a time or several in flight."""

import math
import threading
import time

LEAST_SAMPLES = 20
MOST_SAMPLES = 20_000


class Samples:
    """Latencies in seconds, and how long it took to get them all."""

    def __init__(self, latencies=(), elapsed=0.0):
        self.latencies = list(latencies)
        self.elapsed = elapsed

    def add(self, other):
        self.latencies += other.latencies
        self.elapsed += other.elapsed

    def percentile(self, share):
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered), math.ceil(share * len(ordered))) - 1]

    def summary(self):
        return {
            "samples": len(self.latencies),
            "p50_ms": self.percentile(0.50) * 1e3,
            "p99_ms": self.percentile(0.99) * 1e3,
            "per_second": len(self.latencies) / self.elapsed,
        }


class Idle:
    """One at a time, with a gap of so many seconds in which nothing happens."""

    def __init__(self, gap):
        self.gap = gap

    def collect(self, contender, seconds):
        latencies = []
        runner = contender.runner()
        started = time.perf_counter()
        end = started + seconds
        try:
            while _wants_more(len(latencies), end):
                time.sleep(self.gap)
                begun = time.perf_counter()
                runner.run()
                latencies.append(time.perf_counter() - begun)
        finally:
            runner.close()
        return Samples(latencies, time.perf_counter() - started)


class Busy:
    """So many at a time, each started as soon as the one before it has ended."""

    def __init__(self, in_flight):
        self.in_flight = in_flight

    def collect(self, contender, seconds):
        latencies, problems = [], []
        runners = [contender.runner() for _ in range(self.in_flight)]
        started = time.perf_counter()
        end = started + seconds

        def keep_going(runner):
            mine = []
            try:
                while _wants_more(len(mine) * self.in_flight, end):
                    begun = time.perf_counter()
                    runner.run()
                    mine.append(time.perf_counter() - begun)
            except Exception as problem:  # noqa: BLE001 - handed on to the main thread
                problems.append(problem)
            latencies.extend(mine)

        threads = [threading.Thread(target=keep_going, args=(runner,)) for runner in runners]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        elapsed = time.perf_counter() - started
        for runner in runners:
            runner.close()
        if problems:
            raise problems[0]
        return Samples(latencies, elapsed)


def _wants_more(count, end):
    return count < MOST_SAMPLES and (count < LEAST_SAMPLES or time.perf_counter() < end)
