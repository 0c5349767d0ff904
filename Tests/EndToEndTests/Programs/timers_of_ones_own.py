import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
timer = ctypes.c_void_p()
made = 0
while made < 1000 and libc.timer_create(1, None, ctypes.byref(timer)) == 0:
    made += 1
print(made)
