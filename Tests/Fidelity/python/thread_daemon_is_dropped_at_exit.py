import threading
import time


def forever():
    try:
        started.set()
        time.sleep(60)
    finally:
        print("never")


started = threading.Event()
threading.Thread(target=forever, daemon=True).start()
started.wait()
print("main ends", threading.active_count())
