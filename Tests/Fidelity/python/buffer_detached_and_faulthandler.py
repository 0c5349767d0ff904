import faulthandler
import sys

faulthandler.enable()
binary = sys.stdout.detach()
binary.write(b"written at the end\n")
faulthandler.dump_traceback(file=sys.stderr, all_threads=False)
sys.stderr = None
