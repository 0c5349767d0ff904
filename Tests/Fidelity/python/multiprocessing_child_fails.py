import multiprocessing
import os
import signal


def fail():
    raise LookupError("in the child")


def die():
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    for target in (fail, die):
        process = multiprocessing.Process(target=target, name=f"the-{target.__name__}")
        process.start()
        process.join()
        print(process.name, process.exitcode, process.is_alive())
