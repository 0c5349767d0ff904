# attack: Looks for any writable file or folder outside its three places.
# layer: the image is mounted read-only
# second: its files belong to another user
# sites: rootless guest
from attack import *

for folder, folders, files in os.walk("/"):
    if folder.startswith(("/proc", "/workspace", "/tmp", "/dev/shm")):
        folders.clear()
        continue
    path = os.path.join(folder, ".probe")
    refused(folder, lambda: os.close(os.open(path, os.O_CREAT | os.O_WRONLY)))
end()
