import atexit
import os
import threading

atexit.register(print, "never")
threading.Thread(target=threading.Event().wait).start()
try:
    os._exit(300)
finally:
    print("never either")
