import sys

print(sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__)
print(sys.breakpointhook is sys.__breakpointhook__, sys.unraisablehook is sys.__unraisablehook__)
print(sys.gettrace(), sys.getprofile(), sys.get_asyncgen_hooks())
print(sys.get_coroutine_origin_tracking_depth(), sys.exc_info(), sys.exception())
print([name for name in ("last_exc", "last_type", "last_value", "ps1", "ps2") if hasattr(sys, name)])
print([sys.monitoring.get_tool(number) for number in range(6)])
