class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, Thing is None, print is None)


_private = Thing("_private")
first = Thing("first")
second = Thing("second")
shared = [first]
del first
print("main ends")
