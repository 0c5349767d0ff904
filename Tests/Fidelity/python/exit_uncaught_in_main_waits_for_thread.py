import threading
import time


def work():
    gate.wait(2)
    time.sleep(0.05)
    print("thread done")


gate = threading.Event()
threading.Thread(target=work).start()
threading.Timer(0.05, gate.set).start()
raise ValueError("main is done")
