import os

# libc asks the kernel for fchmodat2 and does something else only where there is no such call.
open("file", "w").close()
os.symlink("file", "link")
os.symlink("nowhere", "dangling")
for name in ("file", "link", "dangling"):
    try:
        os.chmod(name, 0o600, follow_symlinks=False)
        print(name, "changed", oct(os.lstat(name).st_mode))
    except (OSError, NotImplementedError) as error:
        print(name, type(error).__name__, getattr(error, "errno", None))
print(oct(os.stat("file").st_mode))
