import os
import sys

print(sys.executable, sys._base_executable, os.path.realpath(sys.executable))
print(sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
print(sys.platlibdir, sys.platform, sys.pycache_prefix, sys.dont_write_bytecode)
print(os.readlink("/proc/self/exe"))
