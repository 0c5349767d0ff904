# attack: Lists processes that are not its own.
# layer: hidepid
# second: the pid namespace
# off: proc
# sites: guest
from attack import *

for name in os.listdir("/proc"):
    if name.isdigit() and int(name) != os.getpid():
        fell(f"process {name}")
end()
