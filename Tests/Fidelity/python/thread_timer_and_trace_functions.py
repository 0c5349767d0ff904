import threading

calls = []
threading.settrace(lambda frame, event, argument: calls.append(frame.f_code.co_name))


def traced():
    pass


thread = threading.Thread(target=traced)
thread.start()
thread.join()
threading.settrace(None)
print("traced" in calls, threading.gettrace())
timer = threading.Timer(0.02, print, ("timer fired",))
timer.start()
timer.join()
cancelled = threading.Timer(30, print, ("never",))
cancelled.start()
cancelled.cancel()
