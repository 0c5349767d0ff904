import atexit
import sys


@atexit.register
def report():
    print("last:", repr(sys.last_exc), sys.last_type, sys.last_value, sys.last_traceback.tb_lineno)


raise ValueError("kept")
