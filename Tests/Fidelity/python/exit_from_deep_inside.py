import sys


def down(n):
    try:
        if n == 0:
            sys.exit(8)
        down(n - 1)
    finally:
        if n % 10 == 0:
            print("unwinding", n)


down(30)
