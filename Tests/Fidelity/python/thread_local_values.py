import threading

data = threading.local()
data.value = "main"


class Watched:
    def __del__(self):
        print("thread's value dropped")


def work():
    print(hasattr(data, "value"))
    data.value = Watched()


thread = threading.Thread(target=work)
thread.start()
thread.join()
print(data.value, vars(data))
