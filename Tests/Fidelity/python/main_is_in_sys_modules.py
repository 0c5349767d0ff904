import sys

import __main__

print(__main__ is sys.modules["__main__"], vars(__main__) is globals())
print(repr(__main__), __main__.__name__)
value = 7
print(__main__.value, sorted(vars(__main__)))
