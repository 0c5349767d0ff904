import sys

print("sitecustomize" in sys.modules, "usercustomize" in sys.modules)
