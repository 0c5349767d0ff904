import subprocess
import sys

if len(sys.argv) > 1:
    print("child", sys.argv[1], __name__, __file__)
    sys.exit(int(sys.argv[1]))
for code in ("0", "4"):
    print(subprocess.run([sys.executable, __file__, code], stdout=subprocess.PIPE))
