import ctypes

libc = ctypes.CDLL(None)
value = ctypes.c_int(-1)
print(libc.prctl(2, ctypes.byref(value)), value.value)
print(libc.prctl(37, ctypes.byref(value)), value.value)
print(libc.prctl(30, 0), libc.prctl(39, 0, 0, 0, 0))
