divide = lambda a, b: a // b
print([divide(4, n) for n in (2, 1, 0)])
