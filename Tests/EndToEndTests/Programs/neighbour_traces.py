print(
    json.dumps(
        [
            [p for p in ["/workspace", "/tmp", "/dev/shm"] if os.path.exists(p + "/trace")],
            [len(open("/proc/sysvipc/" + k).readlines()) - 1 for k in ("shm", "sem", "msg")],
        ]
    )
)
