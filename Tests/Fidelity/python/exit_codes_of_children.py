import subprocess
import sys

for code in ("0", "1", "255", "256", "-1", "'text'", "None", "2**40", "1.0"):
    done = subprocess.run([sys.executable, "-c", f"import sys; sys.exit({code})"], stderr=subprocess.PIPE)
    print(code, done.returncode, done.stderr)
