import stat

writable = []
for folder, folders, files in os.walk("/proc"):
    if folder == "/proc":
        folders[:] = [f for f in folders if not f.isdigit() and f not in ("self", "thread-self")]
    for file in files:
        path = os.path.join(folder, file)
        try:
            fd = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            continue
        # What is masked is /dev/null now.
        if not stat.S_ISCHR(os.fstat(fd).st_mode):
            writable.append(path)
        os.close(fd)
print(json.dumps(writable))
