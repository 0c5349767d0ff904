import os
import subprocess

os.environ["ADDED"] = "1"
os.putenv("PUT", "2")
os.unsetenv("HOME")
del os.environ["LANG"]
print(subprocess.run(["printenv"], capture_output=True, text=True).stdout.replace("\n", " "))
print(sorted(os.popen("printenv").read().split()))
print(subprocess.run(["printenv"], env={"ONLY": "this"}, capture_output=True).stdout)
