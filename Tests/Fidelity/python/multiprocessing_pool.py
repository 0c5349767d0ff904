import multiprocessing


def work(n):
    if n == 3:
        raise ValueError("three")
    return n * 2


if __name__ == "__main__":
    with multiprocessing.Pool(3) as pool:
        print(pool.map(work, [1, 2, 4]), pool.starmap(pow, [(2, 3), (3, 2)]))
        try:
            pool.map(work, [3])
        except ValueError as error:
            print(repr(error), type(error.__cause__).__name__)
        print(pool.apply_async(work, (5,)).get(3))
    print(multiprocessing.get_start_method(), multiprocessing.get_all_start_methods())
