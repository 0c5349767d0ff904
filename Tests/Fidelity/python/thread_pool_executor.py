import atexit
import concurrent.futures
import threading
import time

atexit.register(print, "atexit after the pool's work")
pool = concurrent.futures.ThreadPoolExecutor(4, thread_name_prefix="pool")
print(list(pool.map(lambda n: n * n, range(10))))
failed = pool.submit(lambda: 1 / 0)
print(type(failed.exception()).__name__)
print(pool.submit(lambda: threading.current_thread().name.rsplit("_", 1)[0]).result())


def late():
    time.sleep(0.05)
    print("submitted last, not shut down")


pool.submit(late)
