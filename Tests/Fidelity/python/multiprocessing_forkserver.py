import multiprocessing
import os


def work(n):
    return n + 1


if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    with context.Pool(2) as pool:
        print(pool.map(work, range(5)))
