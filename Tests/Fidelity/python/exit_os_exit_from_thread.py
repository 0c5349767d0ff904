import os
import threading
import time


def leave():
    os.write(1, b"leaving\n")
    os._exit(12)


threading.Thread(target=leave).start()
time.sleep(4)
