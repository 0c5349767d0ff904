import ctypes
import os

print(ctypes.CDLL(None).prctl(3), os.stat("/proc/self").st_uid, os.stat("/proc/self/fd").st_uid)
print(len(open("/proc/self/maps").read()) > 100, os.access("/proc/self/mem", os.W_OK))
