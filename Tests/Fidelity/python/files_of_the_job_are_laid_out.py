import os
import pathlib

for path in sorted(pathlib.Path(".").rglob("*")):
    info = path.stat()
    print(path, oct(info.st_mode), info.st_uid, info.st_gid, info.st_size if path.is_file() else "")
print(pathlib.Path("data/bytes").read_bytes(), pathlib.Path("grüße.txt").read_text())
