import threading


def fail():
    {}["no key"]


def leave():
    raise SystemExit("silent in a thread")


for target in (fail, leave):
    thread = threading.Thread(target=target, name="worker")
    thread.start()
    thread.join()
print("main goes on")
