import json
import sys

print(json.__file__, json.__name__, __name__, sys.path[0])
if __name__ == "__main__":
    print(json.dumps if hasattr(json, "dumps") else "shadowed")
