import os

print("lost in the buffer")
os.execv("/usr/bin/echo", ["echo", "from echo"])
