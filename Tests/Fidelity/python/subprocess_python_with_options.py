import subprocess
import sys


def python(*arguments, **options):
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, **options)
    print(arguments, done.returncode, done.stdout, done.stderr)


python("-V")
python("-c", "import sys; print(sys.argv, sys.path[0] == '', __name__, __file__ if '__file__' in dir() else None)", "a")
python("-I", "-c", "import sys; print(sys.flags.isolated, sys.path)")
python("-OO", "-c", "print(__debug__); assert False")
python("-W", "error", "-c", "import warnings; warnings.warn('x')")
python("-", input="import sys; print('from stdin', sys.argv)")
python("-X", "dev", "-c", "import sys; print(sys.flags.dev_mode)")
python("nofile.py")
python("--nonsense")
