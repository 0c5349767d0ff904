import builtins
import os
import signal
import sys

print(sorted(dir(sys)))
print(sorted(vars(builtins)) == sorted(dir(builtins)), len(dir(os)), len(dir(signal)))
print(sys.builtin_module_names)
