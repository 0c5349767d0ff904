import ctypes

libc = ctypes.CDLL(None)
print("python, buffered")
libc.printf(b"libc, buffered\n")
libc.puts(b"also libc")
