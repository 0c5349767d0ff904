import resource

names = ["NOFILE", "FSIZE", "CORE", "STACK", "MEMLOCK", "NPROC"]
out = {n: list(resource.getrlimit(getattr(resource, "RLIMIT_" + n))) for n in names}
out["raise"] = attempt(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (100000, 100000)))
out["core"] = attempt(lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)))
print(json.dumps(out))
