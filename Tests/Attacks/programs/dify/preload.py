# attack: Runs code in a constructor of a preloaded object, before the program (CVE-2025-3466).
# layer: the filter is installed before exec and survives it
# second: no_new_privs
import subprocess

from attack import *

environment = {"LD_PRELOAD": "/lib/x86_64-linux-gnu/libc.so.6", "PATH": os.environ["PATH"]}
found = subprocess.run(
    ["cat", "/proc/self/status"], env=environment, capture_output=True, text=True
).stdout
if "Seccomp:\t2" not in found or "NoNewPrivs:\t1" not in found:
    fell("a preloaded object runs without the filter")
end()
