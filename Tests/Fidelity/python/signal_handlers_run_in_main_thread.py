import os
import signal
import threading


def handler(number, frame):
    print(signal.Signals(number).name, threading.current_thread() is threading.main_thread())
    ran.append(frame.f_code.co_name)


ran = []
signal.signal(signal.SIGUSR1, handler)
thread = threading.Thread(target=lambda: os.kill(os.getpid(), signal.SIGUSR1))
thread.start()
thread.join()
while not ran:
    pass
signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
print(ran[-1])
thread = threading.Thread(target=signal.signal, args=(signal.SIGUSR2, handler))
thread.start()
thread.join()
