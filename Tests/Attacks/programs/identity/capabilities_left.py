# attack: Looks for a capability in any of its sets, and for one to come back by exec.
# layer: capabilities are dropped, bounding set and securebits locked
# second: no_new_privs
# off: capabilities
# sites: rootless guest
import subprocess

from attack import *

command = [sys.executable, "-c", "print(open('/proc/self/status').read())"]
texts = (open("/proc/self/status").read(), subprocess.check_output(command, text=True))
for text in texts:
    for line in text.splitlines():
        name, _, value = line.partition(":\t")
        if name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb") and int(value, 16):
            fell(line)
        if name == "NoNewPrivs" and value != "1":
            fell(line)
end()
