import os

os.register_at_fork(
    before=lambda: print("before", flush=True),
    after_in_parent=lambda: log.append("parent"),
    after_in_child=lambda: log.append("child"))
log = []
child = os.fork()
if child == 0:
    print(log, flush=True)
    os._exit(0)
os.waitpid(child, 0)
print(log)
