class Token:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def keep():
    token = Token("closure")
    return lambda: token


class Holder:
    token = Token("class attribute")


kept = keep()
default = (lambda x=Token("default argument"): x)
print("main ends")
