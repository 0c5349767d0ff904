# attack: Plants a module where the next job's interpreter would import it.
# layer: the image is read-only, and the writable places vanish with the sandbox
# second: the image's files belong to another user
import sys

from attack import *

for place in sys.path:
    if place and os.path.isdir(place) and not place.startswith(("/workspace", "/tmp")):
        path = os.path.join(place, "planted.py")
        refused(place, lambda: open(path, "w"), "EROFS", "EACCES")
refused("sitecustomize", lambda: open("/etc/python3.11/sitecustomize.py", "w"))
end()
