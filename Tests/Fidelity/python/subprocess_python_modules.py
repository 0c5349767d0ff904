import subprocess
import sys


def module(*arguments, **options):
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, **options)
    print(arguments[0], done.returncode, done.stdout[:300], done.stderr[-300:])


module("helper", "x")
module("pack")
module("json.tool", "--compact", input='{"a": [1, 2]}')
module("nonexistent_module")
module("base64", "-e", input="text")
