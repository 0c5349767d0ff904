for name in ("missing", "os.missing", "json.nothing", "helper.part"):
    try:
        __import__(name)
    except ImportError as error:
        print(type(error).__name__, error, error.name, error.path)
try:
    from os import no_such_name
except ImportError as error:
    print(str(error), error.name, error.path)
from helper import absent
