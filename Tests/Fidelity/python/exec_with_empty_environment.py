import os
import sys

os.execve(sys.executable, [sys.executable, "-I", "-c", "import os; print(dict(os.environ))"], {})
