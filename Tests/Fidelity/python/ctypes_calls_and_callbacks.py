import ctypes
import ctypes.util
import os

libc = ctypes.CDLL(None, use_errno=True)
print(libc.getpid() == os.getpid(), libc.strlen(b"four"), libc.abs(-5))
libc.open(b"/nonexistent", 0)
print(os.strerror(ctypes.get_errno()))


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double)]


compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
values = (ctypes.c_int * 5)(5, 3, 9, 1, 7)
libc.qsort(values, 5, 4, compare(lambda a, b: a[0] - b[0]))
print(list(values), ctypes.sizeof(Point), ctypes.pythonapi.Py_IsInitialized(), Point(1, 2.5).y)
