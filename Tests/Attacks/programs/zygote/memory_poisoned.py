# attack: Spoils the interpreter for the jobs after it.
# layer: a job's memory is a private copy of the zygote's
# second: the interpreter ends with its job
# sites: rootless guest
import builtins
import json

from attack import *

if hasattr(builtins, "poisoned") or json.dumps is None or os.environ.get("POISONED"):
    fell("it was poisoned by the job before it")
builtins.poisoned = True
json.dumps = None
os.environ["POISONED"] = "1"
sys.modules["random"] = None
with open("/proc/self/maps") as maps:
    for line in maps:
        span, mode, *rest = line.split()
        if mode == "rw-s" and "/dev/zero" not in line:
            fell(f"a shared mapping: {line}")
end()
