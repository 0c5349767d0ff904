import multiprocessing
import os
import sys


def work(queue, n):
    queue.put((n * n, multiprocessing.current_process().name, multiprocessing.parent_process().pid == os.getppid()))
    sys.exit(n)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    processes = [context.Process(target=work, args=(queue, n)) for n in range(3)]
    for process in processes:
        process.start()
    print(sorted(queue.get(timeout=4) for _ in processes))
    for process in processes:
        process.join()
    print([process.exitcode for process in processes], multiprocessing.active_children())
