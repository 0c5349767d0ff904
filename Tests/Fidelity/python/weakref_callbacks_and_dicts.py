import gc
import weakref


class Thing:
    pass


thing = Thing()
reference = weakref.ref(thing, lambda r: print("callback", r() is None))
table = weakref.WeakValueDictionary(key=thing)
keys = weakref.WeakKeyDictionary({thing: 1})
print(len(table), len(keys), reference() is thing)
del thing
gc.collect()
print(len(table), len(keys))
