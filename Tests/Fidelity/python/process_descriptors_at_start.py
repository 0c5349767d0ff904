import os

print(sorted(os.listdir("/proc/self/fd"), key=int))
for number in range(3):
    info = os.fstat(number)
    print(number, oct(info.st_mode & 0o170000), os.get_inheritable(number), os.get_blocking(number))
    print(os.readlink(f"/proc/self/fd/{number}").split(":")[0])
a, b = open("/dev/null"), open("/dev/null")
print(a.fileno(), b.fileno(), os.dup(0), os.pipe())
