import sys
import threading

threading.stack_size(16 << 20)
sys.setrecursionlimit(20_000)


def down(n):
    return n and down(n - 1)


def work():
    print(down(15_000))
    try:
        down(30_000)
    except RecursionError as error:
        print(error)


thread = threading.Thread(target=work)
thread.start()
thread.join()
