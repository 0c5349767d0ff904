import resource

for name in ("CORE", "NOFILE", "FSIZE", "STACK", "MEMLOCK", "DATA", "AS", "CPU", "RSS"):
    print(name, resource.getrlimit(getattr(resource, "RLIMIT_" + name)))
