import resource

ALL = resource.RLIM_INFINITY


def setting(name, soft, hard):
    return attempt(lambda: resource.setrlimit(getattr(resource, "RLIMIT_" + name), (soft, hard)))


out = {
    "stack of 64 MiB": setting("STACK", 64 << 20, ALL),
    "stack": setting("STACK", ALL, ALL),
    "core": setting("CORE", 0, 0),
    "core again": setting("CORE", 0, ALL),
    "cpu": setting("CPU", 5, ALL),
    "file size": setting("FSIZE", 1 << 20, ALL),
    "data": setting("DATA", 1 << 30, ALL),
    "address space": setting("AS", 4 << 30, ALL),
    # Unlimited, unless the machine gives the warden less.
    "processes": setting("NPROC", 40, resource.getrlimit(resource.RLIMIT_NPROC)[1]),
    "open files": setting("NOFILE", 64, 128),
    "memory locked": setting("MEMLOCK", 4096, 8192),
    "refused: open files": setting("NOFILE", 64, 4096),
    "refused: memory locked": setting("MEMLOCK", ALL, ALL),
    "refused: signals": setting("SIGPENDING", 100_000, 100_000),
}
print(json.dumps(out))
