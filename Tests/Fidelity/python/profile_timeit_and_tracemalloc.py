import timeit
import tracemalloc

print(timeit.timeit("x + 1", setup="x = 1", number=1000) < 1, timeit.default_timer.__name__)
print(tracemalloc.is_tracing())
tracemalloc.start(5)
kept = [bytearray(1000) for _ in range(100)]
snapshot = tracemalloc.take_snapshot()
top = [s for s in snapshot.statistics("lineno") if s.traceback[0].filename.endswith("main.py")][0]
print(top.traceback[0].lineno, top.size > 100_000, top.count >= 100, tracemalloc.get_object_traceback(kept[0])[-1].lineno)
tracemalloc.stop()
