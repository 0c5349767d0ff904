import sys
import zipfile

with zipfile.ZipFile("bundle.zip", "w") as bundle:
    bundle.writestr("zipped/__init__.py", "from .part import value\n")
    bundle.writestr("zipped/part.py", "value = 'from the zip'\n\n\ndef fail():\n    raise ValueError('in the zip')\n")
    bundle.writestr("zipped/data.txt", "data")
sys.path.insert(0, "bundle.zip")
import zipped
from zipped import part

print(zipped.value, zipped.__file__, type(zipped.__loader__).__name__)
import importlib.resources

print(importlib.resources.files(zipped).joinpath("data.txt").read_text())
part.fail()
