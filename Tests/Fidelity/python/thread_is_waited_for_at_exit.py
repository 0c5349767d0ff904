import threading


def work(n, before):
    before.join()
    print("thread", n, "done", flush=True)


before = threading.main_thread()
for n in range(3):
    thread = threading.Thread(target=work, args=(n, before))
    thread.start()
    before = thread
print("main ends")
