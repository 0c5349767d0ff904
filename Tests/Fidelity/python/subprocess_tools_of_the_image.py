import ctypes.util
import shutil
import subprocess

for name in ["awk", "bash", "cat", "dash", "grep", "locale", "ls", "python", "python3", "python3.13", "sed", "sh", "which"]:
    print(name, shutil.which(name))
print(subprocess.run("set -o pipefail; printf 'a\\nb\\n' | grep b | sed s/b/c/", shell=True, executable="/bin/bash", capture_output=True, text=True))
print(subprocess.run(["bash", "-c", "exit 3"]).returncode, subprocess.getoutput("python -c 'print(6 * 7)'"))
print(subprocess.run(["bash", "-c", "echo $BASH_VERSION ${#LANG}; locale charmap"], capture_output=True, text=True).stderr)
print(ctypes.util.find_library("c"), ctypes.util.find_library("m"), ctypes.util.find_library("no-such"))
