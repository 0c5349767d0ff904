import sys

tool = sys.monitoring.PROFILER_ID
sys.monitoring.use_tool_id(tool, "counter")
seen = []
sys.monitoring.register_callback(
    tool, sys.monitoring.events.PY_START, lambda code, offset: seen.append(code.co_name))
sys.monitoring.set_events(tool, sys.monitoring.events.PY_START)


def f():
    return g()


def g():
    return 1


f()
f()
sys.monitoring.set_events(tool, 0)
print(seen)
sys.monitoring.free_tool_id(tool)
