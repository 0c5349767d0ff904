import sys

frame = sys._getframe()
print(frame.f_back, frame.f_code.co_filename, frame.f_code.co_name, frame.f_lineno)
print(frame.f_globals is globals(), frame.f_locals is not None, frame.f_builtins is vars(__builtins__))


def inner():
    depth, at = 0, sys._getframe()
    while at:
        print(depth, at.f_code.co_name, at.f_lineno)
        depth, at = depth + 1, at.f_back


inner()
print(sys._getframemodulename(0))
