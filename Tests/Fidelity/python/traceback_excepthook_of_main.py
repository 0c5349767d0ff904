import sys


def hook(kind, value, trace):
    print("hook:", kind.__name__, value, trace.tb_lineno, trace.tb_next)
    print("frame:", trace.tb_frame.f_code.co_name, trace.tb_frame.f_back)


sys.excepthook = hook
raise ValueError("to the hook")
