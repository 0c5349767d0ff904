import multiprocessing
import subprocess
import sys


def square(n):
    return n * n


if __name__ == "__main__":
    print(subprocess.run("echo from sh", shell=True, capture_output=True, text=True).stdout, end="")
    child = [sys.executable, "-c", "print('child', len(input()))"]
    print(subprocess.run(child, input="sixsix", capture_output=True, text=True).stdout, end="")
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(square, [1, 2, 3]))
