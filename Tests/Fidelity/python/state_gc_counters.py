import gc

print(gc.isenabled(), gc.get_threshold(), gc.get_debug())
gc.collect()
print(gc.get_count()[1:], [sorted(row) for row in gc.get_stats()])


class Node:
    pass


for _ in range(10):
    a, b = Node(), Node()
    a.other, b.other = b, a
del a, b
print(gc.collect(), gc.garbage)
gc.freeze()
print(gc.get_freeze_count() > 0)
gc.unfreeze()
print(gc.get_freeze_count())
