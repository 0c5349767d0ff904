import os
import pwd

print(os.getpid(), os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid())
print(os.getuid(), os.geteuid(), os.getgid(), os.getegid(), os.getgroups(), os.getresuid())
print(pwd.getpwuid(os.getuid()), os.path.expanduser("~codebox"))
print(os.uname().nodename, os.uname().sysname)
