import queue
import threading

total, lock, tasks = 0, threading.Lock(), queue.Queue()


def work():
    global total
    while (item := tasks.get()) is not None:
        with lock:
            total += item


threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
for n in range(1000):
    tasks.put(n)
for _ in threads:
    tasks.put(None)
for thread in threads:
    thread.join(5)
print(total, tasks.qsize(), [thread.is_alive() for thread in threads])
barrier = threading.Barrier(3, action=lambda: print("all there"))
group = [threading.Thread(target=barrier.wait) for _ in range(2)]
[thread.start() for thread in group]
barrier.wait(5)
[thread.join() for thread in group]
print(threading.Semaphore(2).acquire(timeout=0.1), threading.RLock().acquire())
