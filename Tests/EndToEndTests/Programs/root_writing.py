places = []
for folder, folders, files in os.walk("/"):
    if folder.startswith(("/proc", "/workspace", "/tmp", "/dev/shm")):
        folders.clear()
        continue
    if attempt(lambda: os.close(os.open(folder + "/.probe", os.O_CREAT | os.O_WRONLY))) is None:
        places.append(folder)
    if not folder.startswith("/dev"):
        for name in files[:50]:
            path = os.path.join(folder, name)
            if (
                attempt(
                    lambda: os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW))
                )
                is None
            ):
                places.append(path)
print(json.dumps(places))
