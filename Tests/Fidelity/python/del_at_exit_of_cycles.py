class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


a = Node("a")
a.me = a
b = Node("b")
print("main ends")
