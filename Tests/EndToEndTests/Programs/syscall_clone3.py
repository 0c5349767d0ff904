import subprocess, threading

t = threading.Thread(target=lambda: None)
t.start()
t.join()
child = subprocess.run([sys.executable, "-c", "print(7)"], capture_output=True, text=True)
print(json.dumps([call("syscall", 435, 0, 0), child.stdout]))
