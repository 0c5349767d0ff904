import os

os.chmod("main.py", 0o644)
for path in ("/nonexistent", "/workspace", "main.py"):
    try:
        os.execv(path, ["x"])
    except OSError as error:
        print(error)
os.chmod("main.py", 0o755)
try:
    os.execv("main.py", ["x"])
except OSError as error:
    print(error)
