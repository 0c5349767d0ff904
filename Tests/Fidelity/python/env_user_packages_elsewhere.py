import sys

import own

print(own.__file__, sys.path, sys.argv)
