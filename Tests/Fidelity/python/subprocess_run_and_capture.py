import subprocess
import sys

done = subprocess.run(["echo", "hello"], capture_output=True, text=True)
print(done)
print(subprocess.check_output("echo $0 $((6*7)); exit 0", shell=True))
print(subprocess.run([sys.executable, "-c", "print(input()[::-1])"], input="abc\n", capture_output=True, text=True).stdout)
try:
    subprocess.run(["false"], check=True)
except subprocess.CalledProcessError as error:
    print(error)
try:
    subprocess.run(["sleep", "30"], timeout=0.05)
except subprocess.TimeoutExpired as error:
    print(error)
try:
    subprocess.run(["no-such-program"])
except FileNotFoundError as error:
    print(error)
