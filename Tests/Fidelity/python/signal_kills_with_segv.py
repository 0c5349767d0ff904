import os, signal

print("out", flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
