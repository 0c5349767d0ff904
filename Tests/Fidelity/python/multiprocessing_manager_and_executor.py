import concurrent.futures
import multiprocessing


def add(shared, n):
    shared[n] = n * n
    return n


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict()
        with concurrent.futures.ProcessPoolExecutor(2) as pool:
            print(sorted(pool.map(add, [shared] * 4, range(4))))
        print(sorted(shared.items()))
