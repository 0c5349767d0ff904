import runpy
import sys

print(sys.argv[0], __file__, runpy.run_path("other/__main__.py")["NAME"])
