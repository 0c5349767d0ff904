import sys
import threading

started = threading.Event()


def hold():
    binary = sys.stdout.buffer
    binary.write(b"by a thread\n")
    started.set()
    threading.Event().wait()


threading.Thread(target=hold, daemon=True).start()
started.wait()
