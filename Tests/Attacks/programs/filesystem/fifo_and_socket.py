# attack: Leaves a FIFO and a socket in the workspace, for whoever opens them outside to wait.
# layer: nothing outside opens a file of the workspace
# second: the workspace vanishes with the sandbox
# sites: rootless guest
import socket

from attack import *

os.unlink("main.py")
os.mkfifo("main.py")
os.mkfifo("stdout")
socket.socket(socket.AF_UNIX).bind("result")
end()
