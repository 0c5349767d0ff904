import os, time

for _ in range(300):
    pid = os.fork()
    if pid == 0:
        for attempt in range(200):
            try:
                if os.fork() == 0:
                    os._exit(0)
                break
            except BlockingIOError:
                time.sleep(0.005)
        else:
            os._exit(1)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        os._exit(1)
print("done")
