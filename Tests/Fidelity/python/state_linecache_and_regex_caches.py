import linecache
import re

print(linecache.cache, len(re._cache))
print(linecache.getline("main.py", 1), end="")
print(linecache.getline("/workspace/main.py", 2), end="")
print(sorted(linecache.cache))
