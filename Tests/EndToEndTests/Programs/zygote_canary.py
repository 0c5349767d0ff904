# Prints this thread's stack canary, where glibc has drawn it from, and the canary of a new thread,
# in hexadecimal.
import ctypes, mmap, os, struct, threading

CODE = bytes.fromhex("64488b042528000000c3")  # mov %fs:0x28, %rax; ret
AT_RANDOM = 25  # <linux/auxvec.h>
page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(CODE)
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
canary = ctypes.CFUNCTYPE(ctypes.c_uint64)(address)
with open("/proc/self/auxv", "rb") as file:
    entries = dict(struct.iter_unpack("QQ", file.read()))
drawn = ctypes.c_uint64.from_address(entries[AT_RANDOM]).value
seen = []
thread = threading.Thread(target=lambda: seen.append(canary()))
thread.start()
thread.join()
child = os.fork()
if child == 0:
    os._exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
print(f"{canary():x} {drawn & ~0xFF:x} {seen[0]:x}")
