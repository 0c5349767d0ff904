import warnings

open("/dev/null")
warnings.simplefilter("always", ResourceWarning)
warnings.showwarning = lambda message, category, filename, line, *rest: print(category.__name__, str(message), filename, line)
open("/dev/null")
