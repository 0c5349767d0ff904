class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


x = Noisy("one")
x = Noisy("two")
del x
[Noisy("in list"), Noisy("also")]
print("end")
