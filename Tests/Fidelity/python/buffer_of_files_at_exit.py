import os

file = open("log", "w")
file.write("unflushed at exit")


class Reader:
    def __del__(self):
        print("at the end:", os.path.getsize("log"))


reader = Reader()
print("before:", os.path.getsize("log"))
