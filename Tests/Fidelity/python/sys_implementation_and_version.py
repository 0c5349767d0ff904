import platform
import sys

print(sys.implementation.name, sys.implementation.cache_tag, sys.implementation.hexversion)
print(sys.version, sys.version_info, sys.api_version, sys.abiflags, sys._git)
print(platform.python_implementation(), platform.python_version(), platform.python_build())
print(sys.float_info.max, sys.int_info, sys.hash_info, sys.thread_info, sys.maxsize)
