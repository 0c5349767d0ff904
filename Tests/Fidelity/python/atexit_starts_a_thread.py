import atexit
import threading


@atexit.register
def late():
    try:
        threading.Thread(target=print, args=("in thread",)).start()
    except RuntimeError as error:
        print(error)
