reached = [
    pid
    for pid in range(2, 5000)
    if pid != os.getpid() and attempt(lambda: os.kill(pid, 0)) != "ESRCH"
]
print(
    json.dumps([[p for p in os.listdir("/proc") if p.isdigit() and int(p) != os.getpid()], reached])
)
