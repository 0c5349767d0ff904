import sys


def down(n):
    global deepest
    deepest = n
    down(n + 1)


try:
    down(1)
except RecursionError as error:
    print(deepest, error)
sys.setrecursionlimit(50)
try:
    down(1)
except RecursionError as error:
    print(deepest, error)
sys.setrecursionlimit(5000)
try:
    down(1)
except RecursionError as error:
    print(deepest, error)
