import cProfile
import io
import pstats


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


profile = cProfile.Profile()
profile.enable()
fib(10)
profile.disable()
stats = pstats.Stats(profile, stream=io.StringIO())
for (file, line, name), (primitive, calls, *_), in sorted((k, v) for k, v in stats.stats.items()):
    print(file, line, name, primitive, calls)
