print(
    json.dumps(
        {
            "above": os.listdir("/..") == os.listdir("/"),
            "pid1": attempt(lambda: os.listdir("/proc/1/root")),
            "cwd1": attempt(lambda: os.listdir("/proc/1/cwd")),
            "top": sorted(os.listdir("/")),
            "here": os.path.exists("/proc/self/root/work")
            or os.path.exists("/var/lib/codebox/images"),
        }
    )
)
