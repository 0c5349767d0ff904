import multiprocessing
import time


def forever():
    time.sleep(60)


if __name__ == "__main__":
    process = multiprocessing.Process(target=forever, daemon=True)
    process.start()
    print("main ends", process.is_alive())
